"""What was approved stays as it was approved: whatever changes afterwards, the same bytes are shown and mailed, and no
other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from curator.deliver import Receipt
from curator.errors import SealError
from curator.models import Filed
from curator.taxonomy import default_taxonomy_path
from curator.workflow import edition as verbs
from curator.workflow import triage
from curator.workflow.archive import archive
from curator.workflow.forms import export
from curator.workflow.packaged import packaged_templates
from curator.workflow.send import send
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.workflow.world import Clock, Postman, everything, seal_as_before, sealed, sit_down, subscribe


def own_templates(desk: Workspace) -> Path:
    folder = desk.path / "templates"
    if not folder.exists():
        shutil.copytree(packaged_templates(), folder)
    return folder


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no “{old}”"
    path.write_text(text.replace(old, new), encoding="utf-8")


def documents(desk: Workspace) -> None:
    with sqlite3.connect(desk.path / "curator.db") as connection:
        connection.execute("UPDATE documents SET title = 'Another title', link = 'https://example.org/other'")


def reviews(desk: Workspace) -> None:
    found: list[Filed] = everything(desk)
    triage.tag(desk, found, Tagging(blurb="Other words."))
    triage.decide(desk, found, "dropped")


def templates(desk: Workspace) -> None:
    edited(own_templates(desk) / "update" / "body.html.j2", "<h1>", "<h1>Changed ")
    edited(own_templates(desk) / "update" / "body.txt.j2", "{{ edition.number }}", "No. {{ edition.number }}")


def taxonomy(desk: Workspace) -> None:
    text = default_taxonomy_path().read_text(encoding="utf-8").replace('label = "Sweden"', 'label = "Sverige"')
    (desk.path / "taxonomy.toml").write_text(text.replace('label = "News"', 'label = "Tidings"'), encoding="utf-8")


def network(desk: Workspace) -> None:
    edited(desk.path / "feeds.toml", '"Two Countries"', '"Three Countries"')
    edited(desk.path / "feeds.toml", 'short     = "TC"', 'short     = "THC"')


def language(desk: Workspace) -> None:
    words = own_templates(desk) / "_shared" / "words"
    words.mkdir(exist_ok=True)
    months = ", ".join(f'"M{n}"' for n in range(1, 13))
    (words / "en.toml").write_text(f"[dates]\nmonths = [{months}]\nmonths_short = [{months}]\n", encoding="utf-8")


CHANGES: tuple[Callable[[Workspace], None], ...] = (documents, reviews, templates, taxonomy, network, language)


def shown(desk: Workspace, out: Path) -> tuple[bytes, bytes, bytes]:
    written = verbs.preview(desk, "update-1", out)
    return written.html.read_bytes(), written.text.read_bytes(), written.eml.read_bytes()


def bodies(message: bytes) -> list[bytes]:
    parts = message_from_bytes(message, policy=default).walk()
    return [bytes(part.get_payload(decode=True)) for part in parts if not part.is_multipart()]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_sealed_edition_shows_what_was_approved_and_mails_nothing_else(
    desk: Workspace, tmp_path: Path, clock: Clock, postman: Postman, change: Callable[[Workspace], None]
) -> None:
    own_templates(desk)
    sealed(desk)
    before = shown(desk, tmp_path / "before")
    change(desk)
    with sit_down(desk.path, clock) as later:
        assert shown(later, tmp_path / "after") == before
        assert verbs.broken(later, later.library.editions.get("update-1")), "the change would be mailed"
        with pytest.raises(SealError, match="The seal of update-1 is broken: "):
            send(later, "update-1")
    assert not postman.mailed


def test_the_rest_of_a_list_gets_the_same_bytes_after_all_these_changes(
    desk: Workspace, tmp_path: Path, clock: Clock, postman: Postman
) -> None:
    own_templates(desk)
    sealed(desk)
    first = "ann@example.org"
    send(desk, "update-1", only=first)
    before = shown(desk, tmp_path / "before")
    for change in CHANGES:
        change(desk)
    with sit_down(desk.path, clock) as later:
        subscribe(later, "new@example.org")
        assert shown(later, tmp_path / "between") == before
        assert send(later, "update-1").sent == 2
        assert len({tuple(bodies(each)) for each in postman.messages}) == 1
        html, text, _ = before
        assert [body.splitlines() for body in bodies(postman.messages[-1])] == [text.splitlines(), html.splitlines()]
        sent = shown(later, tmp_path / "sent")
        assert sent[:2] == before[:2]
        assert "new@example.org" not in postman.mailed
    with sit_down(desk.path, clock) as much_later:
        assert shown(much_later, tmp_path / "after") == sent


_COLUMNS = ("subject", "preheader", "html", "text", "mailing_list", "headers", "addresses")


@pytest.mark.parametrize("column", _COLUMNS)
@pytest.mark.parametrize("begun", [False, True])
def test_the_seal_covers_everything_that_is_kept(desk: Workspace, postman: Postman, column: str, begun: bool) -> None:
    """Whoever changes what was approved behind curator's back finds that nothing is mailed any more."""
    sealed(desk)
    if begun:
        send(desk, "update-1", only="ann@example.org")
    with sqlite3.connect(desk.path / "curator.db") as connection:
        connection.execute(f"UPDATE renderings SET {column} = replace({column}, 'e', 'i')")
    with pytest.raises(SealError, match="what was approved is not in the library any more as it was"):
        send(desk, "update-1")
    assert postman.mailed == ["ann@example.org"] * begun
    assert any(each.code == "seal-broken" for each in verbs.check(desk, "update-1"))


def test_the_seal_covers_its_certificate(desk: Workspace, postman: Postman) -> None:
    sealed(desk)
    with sqlite3.connect(desk.path / "curator.db") as connection:
        connection.execute("UPDATE certificates SET hash = 'of another'")
    with pytest.raises(SealError, match="its certificate is that of another mail"):
        send(desk, "update-1")
    assert not postman.mailed


@pytest.mark.parametrize(
    "change", ["UPDATE sealed_contents SET contents = replace(contents, 'e', 'i')", "DELETE FROM sealed_contents"]
)
def test_the_seal_covers_what_other_forms_are_made_from(
    desk: Workspace, postman: Postman, tmp_path: Path, change: str
) -> None:
    sealed(desk)
    send(desk, "update-1", only="ann@example.org")
    with sqlite3.connect(desk.path / "curator.db") as connection:
        connection.execute(change)
    assert [each.code for each in verbs.check(desk, "update-1")][:1] == ["seal-broken"]
    with pytest.raises(SealError, match="what was approved is not in the library"):
        send(desk, "update-1")
    with pytest.raises(SealError, match=r"The seal of update-1 is broken: .* Bring curator.db back from a backup"):
        export(desk, "update-1", "web")
    assert "what was approved is not in the library" in archive(desk, tmp_path, with_sealed=True).left_out["update-1"]


def test_an_older_seal_that_does_not_cover_them_holds(desk: Workspace) -> None:
    sealed(desk)
    seal_as_before(desk, "update-1")
    assert not [each for each in verbs.check(desk, "update-1") if each.code == "seal-broken"]


def test_what_was_sent_and_altered_since_is_found(desk: Workspace, postman: Postman) -> None:
    sealed(desk)
    assert send(desk, "update-1").sent == 3
    assert not [each for each in verbs.check(desk, "update-1") if each.code == "seal-broken"]
    with sqlite3.connect(desk.path / "curator.db") as connection:
        connection.execute("UPDATE renderings SET html = html || ' '")
    assert [each.code for each in verbs.check(desk, "update-1")][:1] == ["seal-broken"]


def test_a_refused_mail_changes_nothing(desk: Workspace, tmp_path: Path, postman: Postman) -> None:
    sealed(desk)
    postman.answers["bo@example.org"] = Receipt("failed", "no such mailbox")
    before = shown(desk, tmp_path / "before")
    send(desk, "update-1")
    assert shown(desk, tmp_path / "after")[:2] == before[:2]
