"""run says when all feeds of a member country have gone quiet, once a day, and no sooner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from curator.errors import ConfigError, ExitCode
from curator.models import Feed
from curator.workflow.feeds import declaration
from curator.workflow.feeds_file import rewrite_feeds, with_feeds
from curator.workflow.run import run
from curator.workflow.workspace import Workspace, open_workspace
from tests.cli.world import item, rss
from tests.http_server import Site
from tests.http_server import site as site
from tests.smtp_server import closed_port, mail_server
from tests.workflow.world import Clock, sit_down

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def quiet(desk: Workspace) -> list[str]:
    return [note for note in run(desk).notes if "gone quiet" in note]


@pytest.fixture
def online(desk: Workspace, site: Site, clock: Clock) -> Iterator[Workspace]:
    """The small workspace, its two feeds served rather than files."""
    toml = desk.path / "feeds.toml"
    text = toml.read_text(encoding="utf-8")
    for slug in ("north", "isles"):
        body = (desk.path / "feeds" / f"{slug}.xml").read_bytes()
        text = text.replace(f"file:feeds/{slug}.xml", site.feed(f"/{slug}", body))
    toml.write_text(text, encoding="utf-8")
    with sit_down(desk.path, clock) as fresh:
        yield fresh


def test_a_country_whose_only_feed_is_stale(online: Workspace, clock: Clock) -> None:
    assert quiet(online) == []
    clock.at += 370 * DAY
    notes = quiet(online)
    assert notes[0] == (
        "Sweden has gone quiet, its only feed is ill: north (stale): nothing new for 378 days; "
        "by its own rhythm 365 days would be long"
    )
    assert [note.split()[0] for note in notes] == ["Sweden", "England"]
    clock.at += HOUR
    assert quiet(online) == []
    clock.at += DAY
    assert len(quiet(online)) == 2


def test_a_file_is_never_stale(desk: Workspace, clock: Clock) -> None:
    clock.at += 370 * DAY
    assert quiet(desk) == []


@pytest.mark.parametrize("days", [1, 2, 3, 4])
def test_a_failing_feed_is_given_some_days(desk: Workspace, clock: Clock, days: int) -> None:
    (desk.path / "feeds" / "north.xml").unlink()
    assert quiet(desk) == []
    clock.at += days * DAY
    assert bool(quiet(desk)) is (days >= 3)


def test_one_feed_that_is_well_is_enough(desk: Workspace, clock: Clock) -> None:
    more = declaration(Feed("more", "More of the north", "file:feeds/more.xml", country="SE"))
    rewrite_feeds(desk.path, desk.taxonomy, lambda text, _: with_feeds(text, [more]))
    (desk.path / "feeds" / "more.xml").write_text(rss(item(9, "Well", 29)), encoding="utf-8")
    (desk.path / "feeds" / "north.xml").unlink()
    with sit_down(desk.path, clock) as fresh:
        run(fresh)
        clock.at += 10 * DAY
        assert quiet(fresh) == []
        (desk.path / "feeds" / "more.xml").unlink()
        run(fresh)
        clock.at += 4 * DAY
        assert "all its 2 feeds are ill" in quiet(fresh)[0]


def test_a_dry_run_says_and_remembers_nothing(online: Workspace, clock: Clock) -> None:
    clock.at += 370 * DAY
    run(online, dry=True)
    run(online)
    clock.at += DAY
    run(online, dry=True)
    assert len(quiet(online)) == 2


def test_a_wrong_password_variable_stops_the_pull_and_not_the_run(desk: Workspace) -> None:
    with open_workspace(desk.path, now=desk.now, environ={"CURATOR_FEED_NORTH_AUTH": "x"}) as wrong:
        report = run(wrong)
    assert report.code == ExitCode.USAGE
    assert "CURATOR_FEED_NORTH_AUTH" in report.notes[0]


# ---------------------------------------------------------------- by mail


def with_mail(desk: Workspace, clock: Clock, smtp: str, editor: str = "Ann Ö <ann@example.org>") -> Workspace:
    toml = desk.path / "feeds.toml"
    text = toml.read_text(encoding="utf-8").replace('smtp   = "file:"', f'smtp = "{smtp}"\neditor = "{editor}"')
    toml.write_text(text, encoding="utf-8")
    return sit_down(desk.path, clock)


def test_the_editor_is_mailed_once_a_day(online: Workspace, clock: Clock) -> None:
    with mail_server() as server, with_mail(online, clock, server.url) as fresh:
        run(fresh)
        assert server.mails == []
        clock.at += 370 * DAY
        would = [note for note in run(fresh, dry=True).notes if "gone quiet" in note]
        assert (len(would), would[0].startswith("would mail Ann Ö <ann@example.org>: Sweden"), server.mails) == (
            2,
            True,
            [],
        )
        assert quiet(fresh) == []
        clock.at += HOUR
        assert quiet(fresh) == []
        (mail,) = server.mails
        clock.at += DAY
        run(fresh)
        assert len(server.mails) == 2
    assert (mail.sender, mail.to) == ("update@example.org", "ann@example.org")
    message = message_from_bytes(mail.content, policy=default)
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == "TC: 2 countries have gone quiet"
    assert (message["To"], message["Auto-Submitted"]) == ("Ann Ö <ann@example.org>", "auto-generated")
    assert message["Message-ID"].endswith("@example.org>")
    assert message.defects == []
    text = message.get_content()
    assert "Sweden has gone quiet" in text
    assert "England has gone quiet" in text
    assert max(len(line) for line in mail.content.splitlines()) <= 78


@pytest.mark.parametrize("fault", ["down", "refused", "no password"])
def test_a_mail_that_fails_is_a_note_and_holds_nothing_up(online: Workspace, clock: Clock, fault: str) -> None:
    with mail_server() as server:
        server.answers["ann@example.org"] = "550 5.1.1 no such person"
        host = server.url.removeprefix("smtp://")
        url = {"down": f"smtp://127.0.0.1:{closed_port()}", "refused": server.url, "no password": f"smtp://me@{host}"}
        with with_mail(online, clock, url[fault]) as fresh:
            run(fresh)
            clock.at += 370 * DAY
            report = run(fresh)
            assert report.code is ExitCode.DONE
            assert [note.split()[0] for note in report.notes] == ["Sweden", "England", "the"]
            assert "could not be told of this by mail: " in report.notes[-1]
            clock.at += HOUR
            assert run(fresh).notes == []


def test_into_the_outbox_where_mails_are_files(online: Workspace, clock: Clock) -> None:
    with with_mail(online, clock, "file:") as fresh:
        run(fresh)
        clock.at += 370 * DAY
        assert quiet(fresh) == []
        assert len(list((fresh.path / "outbox" / "notices").glob("ann-example-org-*.eml"))) == 1


def test_who_is_no_address_is_a_fault(online: Workspace, clock: Clock) -> None:
    with pytest.raises(ConfigError, match=r"mail\.editor"):
        with_mail(online, clock, "file:", "the editor")
