"""feeds: list, check, add, remove, import, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Group, pass_session
from curator.cli.progress import counting
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import ExitCode
from curator.models import Feed, FeedState, Health

if TYPE_CHECKING:
    from curator.workflow.feeds_check import Checked


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def feeds(context: click.Context) -> None:
    """The feeds of feeds.toml; alone it lists them."""
    if context.invoked_subcommand is None:
        _list(context.ensure_object(Session))


@feeds.command("list")
@pass_session
def list_(session: Session) -> None:
    """Every feed with its health, why it is so and since when."""
    _list(session)


def _list(session: Session) -> None:
    from curator.workflow.feeds_check import feeds_with_health

    with session.open() as workspace:
        found = feeds_with_health(workspace)
    _answer(session, found)


@feeds.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@pass_session
def check(session: Session, slugs: tuple[str, ...]) -> ExitCode:
    """Ask all feeds, or those named, now and say how they are; nothing is stored. 1 where one is ill."""
    from curator.workflow.feeds_check import check_feeds

    with session.open() as workspace, counting(session) as on_feed:
        found = check_feeds(workspace, slugs, on_feed=on_feed)
    _answer(session, found)
    ill = sum(health.ill for _, _, health in found)
    session.say(f"{len(found)} asked, {ill} ill.")
    return ExitCode.PARTLY if ill else ExitCode.DONE


def _answer(session: Session, found: Sequence[Checked]) -> None:
    session.answer(lambda: [shapes.feed(*one) for one in found], lambda: _lines(session, found))


def _lines(session: Session, found: Sequence[Checked]) -> Iterator[str]:
    rows = [
        (
            feed.slug,
            feed.country or "",
            health.condition,
            f"{state.last_new_at:%Y-%m-%d}" if state.last_new_at else "",
            feed.name,
            _why(health),
        )
        for feed, state, health in found
    ]
    yield from table(rows, width=session.width, shrink=(0, 4, 5))


def _why(health: Health) -> str:
    since = f" (since {health.since:%Y-%m-%d})" if health.since else ""
    return f"{health.reason}{since}" if health.reason else ""


@feeds.command()
@click.argument("url")
@click.option("--slug", help="Its short name; without it one is made of the title.")
@click.option("--name", help="What to call it; without it the feed's own title.")
@click.option("--country", metavar="CODE", help="Where what it brings concerns, as SE or GB-SCT.")
@click.option("--section", metavar="SLUG", help="The section what it brings usually belongs to.")
@click.option("--publisher", help="Who issues what it brings: an organisation's slug or a short name.")
@pass_session
def add(
    session: Session,
    url: str,
    slug: str | None,
    name: str | None,
    country: str | None,
    section: str | None,
    publisher: str | None,
) -> None:
    """Fetch URL once to see that it is a feed, and write it into feeds.toml."""
    from curator.workflow.feeds import add_feed

    with session.open() as workspace:
        feed = add_feed(workspace, url, slug=slug, name=name, country=country, section=section, publisher=publisher)
    _tell(session, feed)
    session.say(f"Added. `curator pull {feed.slug}` brings its documents.")


@feeds.command()
@click.argument("slug")
@pass_session
def remove(session: Session, slug: str) -> None:
    """Take a feed out of feeds.toml; what it brought stays in the library."""
    from curator.workflow.feeds import remove_feed

    with session.open() as workspace:
        feed = remove_feed(workspace, slug)
    _tell(session, feed)
    session.say("Removed; its documents stay.")


@feeds.command("import")
@click.argument("file", metavar="OPML", type=click.Path(path_type=Path))
@pass_session
def import_(session: Session, file: Path) -> ExitCode:
    """Take over the feeds of an OPML file; folders named after a country become it. Nothing is fetched."""
    from curator.workflow.opml import import_feeds

    with session.open() as workspace:
        done = import_feeds(workspace, file)
    session.answer(
        lambda: shapes.imported(done),
        lambda: table([(feed.slug, feed.country or "", feed.name, feed.url) for feed in done.added]),
    )
    for one in done.skipped:
        session.say(plain_line(f"line {one.line}: {one.url}: skipped: {one.reason}"))
    for one in done.refused:
        session.say(plain_line(f"line {one.line}: {one.name or one.url}: not a feed: {one.reason}"))
    session.say(f"{len(done.added)} added, {len(done.skipped)} there already, {len(done.refused)} not feeds.")
    return ExitCode.PARTLY if done.refused else ExitCode.DONE


@feeds.command()
@pass_session
def export(session: Session) -> None:
    """Print all feeds as OPML, in folders by country."""
    from curator.workflow.feeds_check import feeds_with_health
    from curator.workflow.opml import export_feeds

    with session.open() as workspace:
        session.answer(
            lambda: [shapes.feed(*one) for one in feeds_with_health(workspace)],
            lambda: export_feeds(workspace).splitlines(),
        )


def _tell(session: Session, feed: Feed) -> None:
    state = FeedState(feed.slug)
    session.answer(
        lambda: shapes.feed(feed, state), lambda: table([(feed.slug, feed.country or "", feed.name, feed.url)])
    )
