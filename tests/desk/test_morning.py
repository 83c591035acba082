"""A whole morning in a real terminal: from an empty library over a local server's feed to mails a local server took."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from curator.library import Library
from curator.models import Subscriber
from tests.desk.tmux import Terminal
from tests.http_server import Site
from tests.http_server import site as site
from tests.smtp_server import Mail, MailServer, mail_server

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="there is no tmux here, the terminal of this test")

NETWORK = """
[network]
name = "International Initiative for Mental Health Leadership"
short = "IIMHL"
timezone = "Pacific/Auckland"
countries = ["SE", "IE"]
postal = "PO Box 1, Wellington, New Zealand"
site = "https://example.org"

[mail]
sender = "IIMHL Update <update@example.org>"
smtp = "{smtp}"

[[feeds]]
slug = "ireland"
name = "Ireland"
url = "{feed}"
country = "IE"
section = "policy"
"""
TITLES = ("Peer support in every county", "Report of the inspector", "A canteen opens", "Crisis cafés, one year on")
READERS = ("anna@example.org", "bo@example.org", "ciara@example.org")


def feed() -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://example.org/{number}</link><guid>g{number}</guid>"
        f"<pubDate>{20 - number} Nov 2026 08:00:00 GMT</pubDate><description>About it, {number}.</description></item>"
        for number, title in enumerate(TITLES)
    )
    return f'<rss version="2.0"><channel><title>Ireland</title>{items}</channel></rss>'.encode()


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def terminal(tmp_path: Path, site: Site, post: MailServer) -> Iterator[Terminal]:
    folder = tmp_path / "network"
    folder.mkdir()
    text = NETWORK.format(smtp=post.url, feed=site.feed("/ireland.xml", feed()))
    (folder / "feeds.toml").write_text(text, encoding="utf-8")
    with Library(folder / "curator.db") as library:
        library.people.put([Subscriber(address, lists=("members",)) for address in READERS])
    terminal = Terminal(folder)
    terminal.open()
    yield terminal
    terminal.close()


def test_a_morning_from_the_pull_to_the_sent_mails(terminal: Terminal, post: MailServer) -> None:
    pull_and_triage(terminal)
    build(terminal)
    approve_and_send(terminal)
    terminal.press("Escape")
    terminal.sees("IIMHL · 1 edition", gone="3 sent.")
    terminal.press("Escape")
    terminal.sees("Nothing waits here.")
    terminal.press("g", "k")
    terminal.sees("IIMHL · Kept", "3 kept")
    terminal.press("q")
    the_library_knows(terminal.folder)
    assert sorted(one.to for one in post.mails) == sorted(READERS)
    assert len({one.content for one in post.mails}) == len(READERS), "each has a way out of its own"
    for mail in post.mails:
        the_mail_is_whole(mail)


def pull_and_triage(terminal: Terminal) -> None:
    terminal.sees("Nothing is here yet", "1  Pull 1 feed")
    terminal.press("1")
    terminal.sees("4 left", TITLES[0], "About it, 0.")
    terminal.press("t")
    terminal.sees("type to filter")
    terminal.type("peer")
    terminal.sees("Peer support", gone="Human rights")
    terminal.press("Enter")
    terminal.sees("theme    Peer support", gone="type to filter")
    terminal.press("b")
    terminal.sees("Esc saves")
    terminal.type("Why it matters: every county has a peer worker.")
    terminal.press("Escape")
    terminal.sees("every county has a peer worker.", gone="Esc saves")
    terminal.press("s")
    terminal.sees("3 left", "1 kept")
    terminal.press("s")
    terminal.sees("2 left", "About it, 2.")
    terminal.press("d")
    terminal.sees("1 left", "About it, 3.")
    terminal.press("d")
    terminal.sees("Nothing waits here.")
    terminal.press("u")
    terminal.sees("1 left", "About it, 3.")
    terminal.press("s")
    terminal.sees("Nothing waits here.", "3 kept")


def build(terminal: Terminal) -> None:
    terminal.press("e")
    terminal.sees("d draft")
    terminal.press("d")
    terminal.sees("Draft which digest?")
    terminal.type("update")
    terminal.press("Enter")
    terminal.sees("update-1 · draft", "3 documents", "POLICY DOCUMENTS", f"{TITLES[0]} [1]")
    terminal.press("i")
    terminal.sees("Introduction")
    terminal.type("Dear members, three from Ireland.")
    terminal.press("Escape")
    terminal.sees("Dear members, three from Ireland.", gone="Esc saves")
    terminal.press("G", "K", "K")
    terminal.sees(f"{TITLES[3]} [1]", f"{TITLES[0]} [2]")
    terminal.press("f")
    terminal.sees("Enter goes · c corrects")
    terminal.press("Escape")
    terminal.sees("update-1 · draft", gone="Enter goes · c corrects")


def approve_and_send(terminal: Terminal) -> None:
    terminal.press("S")
    terminal.sees("update-1 · sealed")
    terminal.press("M")
    terminal.sees("Send update-1 to 3 people on the list “members”?")
    terminal.type("no")
    terminal.press("Enter")
    terminal.sees("Only yes")
    terminal.press("BSpace", "BSpace")
    terminal.type("yes")
    terminal.press("Enter")
    terminal.sees("update-1 · sent", "3 sent.")


def the_library_knows(folder: Path) -> None:
    with Library(folder / "curator.db") as library:
        edition = library.editions.get("update-1")
        assert edition.status == "sent" and edition.introduction == "Dear members, three from Ireland."
        by_rank = sorted(edition.placements, key=lambda one: one.rank)
        kept = {one.id: one for one in library.documents.pick(one.document for one in by_rank)}
        assert [kept[one.document].document.title for one in by_rank] == [TITLES[3], TITLES[0], TITLES[1]]
        worded = kept[by_rank[1].document]
        assert worded.blurb == "Why it matters: every county has a peer worker."
        assert worded.review.themes == ("peer-support",)
        dropped = [one for one in library.documents.find(limit=0) if one.review.decision == "dropped"]
        assert [one.document.title for one in dropped] == [TITLES[2]]
        assert [line.fate for line in library.deliveries.of("update-1")] == ["sent"] * len(READERS)


def the_mail_is_whole(mail: Mail) -> None:
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"].startswith("IIMHL Update 1") and message["List-Unsubscribe"]
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        text = part.get_content()
        assert text.index("three from Ireland.") < text.index(TITLES[3]) < text.index(TITLES[0]) < text.index(TITLES[1])
        assert "every county has a peer worker." in text and TITLES[2] not in text
