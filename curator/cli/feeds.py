"""feeds: list, check, add, remove, import, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curator.clean import plain_line
from curator.cli import shapes
from curator.cli.command import Listing, pass_session
from curator.cli.progress import counting
from curator.cli.session import Session
from curator.cli.table import table
from curator.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from curator.models import Feed, Health
    from curator.workflow.discover import Guessed, Source
    from curator.workflow.feeds import Choose
    from curator.workflow.feeds_check import Checked


@click.group(cls=Listing)
def feeds() -> None:
    """The feeds of feeds.toml; alone it lists them."""


@feeds.command("list")
@pass_session
def list_(session: Session) -> None:
    """Every feed with its health, why it is so and since when."""
    from curator.workflow.rhythm import watched

    with session.open() as workspace:
        found = watched(workspace)
    session.answer(
        lambda: [shapes.feed(one.feed, one.state, one.health) | {"weeks": list(one.weeks)} for one in found],
        lambda: _lines(session, [(one.feed, one.state, one.health) for one in found]),
    )


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
@click.option(
    "--pick", metavar="N", type=click.IntRange(min=1), help="Which one, where the page leads to several feeds."
)
@click.option("--page", is_flag=True, help="Read the page itself: work out where on it its entries stand.")
@click.option("--yes", is_flag=True, help="With --page: write it without asking.")
@pass_session
def add(session: Session, /, url: str, pick: int | None, page: bool, yes: bool, **said: str | None) -> None:
    """Fetch URL to see that it is a feed, or a page that leads to one, and write it into feeds.toml."""
    from curator.workflow.feeds import add_feed, add_page, typed_address

    url = typed_address(url)
    if (page and pick) or (yes and not page):
        raise UsageError("--pick is for the feeds a page leads to, --yes for --page; say one or the other.")
    with session.open() as workspace:
        if page:
            feed = add_page(workspace, url, lambda found: _agreed(session, found, yes), **said)
        else:
            feed = add_feed(workspace, url, _chooser(session, url, pick), **said)
    if feed is None:
        session.say("Nothing was written.")
        return
    _tell(session, feed)
    if feed.url != url:
        session.say(f"{plain_line(url, 120)} is a page; it leads to this feed.")
    session.say(f"Added. `curator pull {feed.slug}` brings its documents.")


def _chooser(session: Session, url: str, pick: int | None) -> Choose | None:
    """By number, or by asking where somebody sits there."""
    from curator.workflow.feeds import several

    def choose(found: Sequence[Source]) -> Source:
        number = pick or (_asked(session, found) if len(found) > 1 else 1)
        if number > len(found):
            raise UsageError(f"There is no feed {number}. {several(url, found)}")
        return found[number - 1]

    return choose if pick or session.interactive else None


def _asked(session: Session, found: Sequence[Source]) -> int:
    for number, one in enumerate(found, 1):
        session.say(plain_line(f"{number}. {one.title or 'untitled'}: {one.url}"))
    answer: int = click.prompt("Which one", type=click.IntRange(1, len(found)), default=1, err=True)
    return answer


_SHOWN = 5


def _agreed(session: Session, found: Guessed, yes: bool) -> bool:
    """Show what the page would bring, and ask; without a terminal only --yes is an answer."""
    from html import unescape

    session.say(f"The page would bring {len(found.entries)} entries:")
    rows = [
        (f"{one.published:%Y-%m-%d}" if one.published else "no date", plain_line(unescape(one.title)), one.link)
        for one in found.entries[:_SHOWN]
    ]
    for line in table(rows, width=session.width, shrink=(1, 2)):
        session.say(f"  {line}")
    if yes:
        return True
    if not session.interactive:
        raise UsageError("Nothing was written. Say --yes if this is what the page shall bring.")
    return click.confirm("Write it into feeds.toml", default=True, err=True)


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


@feeds.command()
@click.argument("slug")
@pass_session
def accept(session: Session, slug: str) -> None:
    """Take over the address that a feed has moved to for good; nothing arrives anew."""
    from curator.workflow.feeds_move import accept_move

    with session.open() as workspace:
        before, feed = accept_move(workspace, slug)
    _tell(session, feed)
    session.say(plain_line(f"Moved; its address was {before.url}"))


@feeds.command()
@click.argument("slug")
@pass_session
def retire(session: Session, slug: str) -> None:
    """Stop pulling a feed; what it brought stays, and so does its place in feeds.toml."""
    from curator.workflow.feeds_move import retire_feed

    with session.open() as workspace:
        feed = retire_feed(workspace, slug)
    _tell(session, feed)
    session.say(f"Retired; its documents stay. `curator feeds revive {feed.slug}` brings it back.")


@feeds.command()
@click.argument("slug")
@pass_session
def revive(session: Session, slug: str) -> None:
    """Let a retired feed be pulled again."""
    from curator.workflow.feeds_move import revive_feed

    with session.open() as workspace:
        feed = revive_feed(workspace, slug)
    _tell(session, feed)
    session.say(f"Revived. `curator pull {feed.slug}` asks it at once.")


@feeds.command()
@pass_session
def undo(session: Session) -> None:
    """Take your last change of feeds.toml back: a feed added, removed, imported, moved, retired or revived."""
    from curator.workflow.feeds import undo_change

    with session.open() as workspace:
        said = undo_change(workspace)
    line = f"Taken back: {said}." if said else "Nothing is left to undo in feeds.toml."
    session.answer(lambda: {"undone": said or None}, lambda: [line])


@feeds.command("import")
@click.argument("file", metavar="OPML", type=click.Path(path_type=Path))
@pass_session
def import_(session: Session, file: Path) -> ExitCode:
    """Take over the feeds of an OPML file; folders named after a country or a theme become it. Nothing is fetched."""
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
    from curator.models import FeedState, Health

    health = Health("retired" if feed.retired else "new")
    session.answer(
        lambda: shapes.feed(feed, FeedState(feed.slug), health),
        lambda: table([(feed.slug, feed.country or "", feed.name, feed.url)]),
    )
