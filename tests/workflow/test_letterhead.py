"""What stands at the head of every mail is sealed and frozen with the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from curator.deliver import Receipt
from curator.errors import SealError, TryLater
from curator.workflow.edition import broken, check, preview
from curator.workflow.packaged import packaged_templates
from curator.workflow.send import recipients, send
from curator.workflow.workspace import Workspace
from tests.workflow.world import OPENS, PEOPLE, Clock, Postman, sealed, sit_down


@pytest.fixture
def folder(folder: Path) -> Path:
    """With templates of its own."""
    shutil.copytree(packaged_templates(), folder / "templates")
    return folder


CHANGES: list[tuple[str, str, str, str]] = [
    ("feeds.toml", "sender = ", 'sender = "Somebody Else <update@example.org>"\n# ', "its From changed (“"),
    ("feeds.toml", "sender = ", 'reply_to = "else@example.org"\nsender = ', "its Reply-To changed (“"),
    ("templates/update/digest.toml", '"members"', '"others"', "its mailing list changed (“members” is now “others”)"),
    ("templates/update/digest.toml", "\nname ", '\nname = "Another"\n# ', "its text changed (“"),
]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(("file", "old", "new", "reason"), CHANGES)
def test_a_changed_letterhead_breaks_the_seal(
    desk: Workspace, folder: Path, clock: Clock, postman: Postman, file: str, old: str, new: str, reason: str
) -> None:
    name = sealed(desk).id
    rewrite(folder / file, old, new)
    with sit_down(folder, clock) as later:
        assert reason in str(broken(later, later.library.editions.get(name)))
        with pytest.raises(SealError, match="broken"):
            send(later, name)
    assert postman.mailed == []


def test_a_sent_mail_keeps_its_head(desk: Workspace, folder: Path, clock: Clock, postman: Postman) -> None:
    """The whole message, whatever becomes of settings, list and digest; even where the digest is gone."""
    name = sealed(desk).id
    send(desk, name)
    before = preview(desk, name).eml.read_bytes()
    for file, old, new, _ in CHANGES:
        rewrite(folder / file, old, new)
    with sit_down(folder, clock) as later:
        assert preview(later, name).eml.read_bytes() == before
    shutil.rmtree(folder / "templates" / "update")
    with sit_down(folder, clock) as later:
        assert preview(later, name).eml.read_bytes() == before
        assert recipients(later, later.library.editions.get(name)) == ("members", 3)


def test_a_begun_send_goes_on_under_the_sealed_sender(
    desk: Workspace, folder: Path, clock: Clock, postman: Postman
) -> None:
    """And to the sealed list: another one in digest.toml withdraws nobody."""
    name = sealed(desk).id
    postman.answers[PEOPLE[1]] = [TryLater("The mail server asks to come back later.")]
    with pytest.raises(TryLater):
        send(desk, name)
    for file, old, new, _ in CHANGES:
        rewrite(folder / file, old, new)
    with sit_down(folder, clock) as later:
        assert send(later, name).sent == 2
    assert sorted(postman.mailed) == sorted(PEOPLE)
    heads = {line for mail in postman.messages for line in mail.splitlines() if line.startswith((b"From:", b"List-"))}
    assert len(heads) == 3
    assert not any(b"Somebody" in line for line in heads)


def test_a_mail_found_after_a_crash_is_known_under_the_sealed_sender(
    desk: Workspace, folder: Path, clock: Clock, postman: Postman
) -> None:
    """Its Message-ID holds the sender's domain: with that of a new sender no file would be found, and two mails go."""
    name = sealed(desk).id
    send(desk, name, only=PEOPLE[0])
    desk.library.deliveries.open(name, PEOPLE, clock())
    desk.library.deliveries.claim(name, PEOPLE[1], clock())
    asked: list[str] = []
    postman.fate = lambda message_id: asked.append(message_id)  # type: ignore[method-assign]
    rewrite(folder / "feeds.toml", "sender = ", 'sender = "update@elsewhere.example"\n# ')
    with sit_down(folder, clock) as later:
        send(later, name)
    assert [one.endswith("@example.org>") for one in asked] == [True]


def _words(folder: Path) -> None:
    rewrite(folder / "templates/update/body.txt.j2", "{{ digest.name }}", "The {{ digest.name }}")


def _markup(folder: Path) -> None:
    rewrite(folder / "templates/update/body.html.j2", "<h1>", '<h1 class="big">')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_words, "its text changed"),
        (_markup, "its HTML changed"),
    ],
)
def test_the_words_show_what_differs(
    desk: Workspace, folder: Path, clock: Clock, change: Callable[[Path], None], said: str
) -> None:
    name = sealed(desk).id
    change(folder)
    with sit_down(folder, clock) as later:
        words = str(broken(later, later.library.editions.get(name)))
    was, is_now = words.partition("(“")[2].removesuffix("”)").split("” is now “")
    assert was != is_now
    assert max(len(was), len(is_now)) <= 61
    assert (words.count("changed")) == 1
    assert said in words


def test_the_check_says_that_a_seal_is_broken(desk: Workspace, folder: Path, clock: Clock, postman: Postman) -> None:
    """Until the first mail has gone: from then on the rest get the same bytes."""
    name = sealed(desk).id
    assert [one for one in check(desk, name) if one.level == "error"] == []
    _markup(folder)
    with sit_down(folder, clock) as later:
        (found,) = [one for one in check(later, name) if one.level == "error"]
        assert (found.code, found.where) == ("seal-broken", name)
        assert "its HTML changed" in found.message
    rewrite(folder / "templates/update/body.html.j2", '<h1 class="big">', "<h1>")
    postman.answers[PEOPLE[1]] = Receipt("pending", "451 later")
    send(desk, name)
    _markup(folder)
    with sit_down(folder, clock) as later:
        assert [one for one in check(later, name) if one.level == "error"] == []


def test_a_mail_is_dated_when_it_is_sent(desk: Workspace, clock: Clock, postman: Postman) -> None:
    """Not when it was sealed: days later it would stand among old mails, and count as late with spam filters."""
    name = sealed(desk).id
    clock.at = OPENS
    send(desk, name)
    assert all(parsedate_to_datetime(_date(mail)) == OPENS for mail in postman.messages)
    assert parsedate_to_datetime(_date(preview(desk, name).eml.read_bytes())) == OPENS


def _date(mail: bytes) -> str:
    return str(message_from_bytes(mail)["Date"])
