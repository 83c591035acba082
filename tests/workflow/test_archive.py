"""The archive in a folder: what is in it, what a run writes and takes away, what it never touches; frozen words."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from curator.cli.program import run_program
from curator.digest.words import PACKAGED
from curator.errors import ConfigError, CuratorError, TemplateFault, TryLater, UsageError
from curator.models import Match
from curator.taxonomy import default_taxonomy_path
from curator.workflow import edition as editions
from curator.workflow import triage
from curator.workflow.archive import archive
from curator.workflow.locks import lock
from curator.workflow.packaged import packaged_templates
from curator.workflow.replace import replace_file
from curator.workflow.send import send
from curator.workflow.site_files import LIST
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.library.world import document
from tests.workflow.world import OPENS, Clock, Postman, everything, sealed, sit_down, speak_french


@pytest.fixture
def sent(desk: Workspace, postman: Postman) -> Workspace:
    """A workspace whose first Update went out."""
    send(desk, sealed(desk).id)
    return desk


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_what_was_sent_is_in_it(desk: Workspace, postman: Postman) -> None:
    sealed(desk)
    assert archive(desk).editions == 0
    assert archive(desk, with_sealed=True).editions == 1
    assert (desk.path / "archive" / "editions" / "update-1.html").is_file()
    back = archive(desk)
    assert back.editions == 0 and back.removed > 3
    assert not (desk.path / "archive" / "editions").exists(), "an empty folder goes with its last page"
    send(desk, "update-1")
    assert archive(desk).editions == 1


def test_a_second_run_writes_nothing(sent: Workspace) -> None:
    first = archive(sent)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    assert first.written == first.files == len(before) - 4, "all but the list and three folders"
    again = archive(sent)
    assert (again.written, again.removed, again.files) == (0, 0, first.files)
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == before


@pytest.fixture
def second(sent: Workspace, clock: Clock) -> Workspace:
    """After a second Update, and after somebody has altered what stands of the first."""
    archive(sent)
    clock.at += timedelta(days=14)
    feed = sent.config.feeds[0].slug
    (number,) = sent.library.documents.store(feed, [Match("new", document(9, feed))], sent.now()).new
    editions.draft(sent, "update")
    editions.place(sent, "update-2", number, "news", "SE")
    send(sent, editions.seal(sent, "update-2").id)
    with sqlite3.connect(sent.path / "curator.db") as connection:
        connection.execute("UPDATE renderings SET html = html || ' ' WHERE edition = 'update-1'")
    return sent


def test_a_damaged_edition_is_left_out_with_its_reason_and_its_pages_stay(second: Workspace) -> None:
    folder = second.path / "archive"
    before = files(folder)
    done = archive(second)
    now = files(folder)
    assert (done.editions, list(done.left_out)) == (1, ["update-1"])
    assert "is not in the library any more as it was" in done.left_out["update-1"]
    assert "editions/update-2.html" in now and "update-1" not in now["index.html"].decode()
    for page in ("editions/update-1.html", "editions/update-1.mail.html", "editions/update-1.txt"):
        assert now[page] == before[page], "what was written before it was damaged"
    assert archive(second).written == 0 and files(folder) == now


def test_its_pages_are_never_written_anew_and_known_again_once_it_is_whole(second: Workspace, tmp_path: Path) -> None:
    assert not [path for path in files(archive(second, tmp_path / "there").folder) if "update-1" in path]
    archive(second)
    with sqlite3.connect(second.path / "curator.db") as connection:
        connection.execute("UPDATE renderings SET html = rtrim(html, ' ') WHERE edition = 'update-1'")
    assert (archive(second).editions, archive(second).left_out) == (2, {})


def test_the_command_names_what_was_left_out_and_ends_with_1(
    second: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_program(["-w", str(second.path), "archive", "--json"]) == 1
    told = capsys.readouterr()
    (left,) = json.loads(told.out)["left_out"]
    assert left["edition"] == "update-1" and "update-1 was left out: " in told.err and left["why"] in told.err


def test_what_was_mailed_stays_whatever_changes_afterwards(sent: Workspace, clock: Clock) -> None:
    """Documents, words of the editor, taxonomy, network and digests may change: the pages of editions do not."""
    before = files(archive(sent).folder)
    triage.tag(sent, everything(sent)[:2], Tagging(blurb="Other words.", themes=("stigma-discrimination",)))
    triage.decide(sent, everything(sent), "dropped")
    shutil.copytree(packaged_templates() / "_archive", sent.path / "kept" / "_archive")
    shutil.rmtree(sent.path / "templates", ignore_errors=True)
    shutil.copytree(sent.path / "kept", sent.path / "templates")
    taxonomy = default_taxonomy_path().read_text(encoding="utf-8")
    (sent.path / "taxonomy.toml").write_text(
        taxonomy.replace('label = "Sweden"', 'label = "Sverige"'), encoding="utf-8"
    )
    with sit_down(sent.path, clock) as later:
        assert not later.digests
        after = files(archive(later).folder)
    for path in before:
        if path.startswith("editions") and path != "editions.atom":
            assert after[path] == before[path], path
    assert b"Other words." not in b"".join(after.values())


def test_the_same_library_gives_the_same_bytes_anywhere(sent: Workspace, tmp_path: Path, clock: Clock) -> None:
    here = files(archive(sent).folder)
    clock.at = OPENS
    assert files(archive(sent, tmp_path / "there").folder) == here


def test_what_curator_did_not_write_is_never_touched(sent: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "countries").mkdir(parents=True)
    (folder / "CNAME").write_text("example.org")
    (folder / "countries" / "map.html").write_text("mine")
    archive(sent, folder)
    assert (folder / "CNAME").read_text() == "example.org"
    (folder / "index.html").write_text("spoilt")
    assert archive(sent, folder).written == 1, "its own pages are mended"
    assert (folder / "countries" / "map.html").read_text() == "mine"


@pytest.mark.parametrize("taken", ["index.html", "countries/se.html", "editions", "search.js"])
def test_a_file_in_the_way_is_left_alone_and_named(sent: Workspace, tmp_path: Path, taken: str) -> None:
    path = tmp_path / "site" / taken
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(UsageError, match=rf"holds {taken}, not written by curator\. Name another folder"):
        archive(sent, tmp_path / "site")
    assert files(tmp_path / "site") == {taken: b"mine"}


def test_a_folder_that_leads_elsewhere_is_not_written_through(sent: Workspace, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "editions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="holds editions, not written by curator"):
        archive(sent, tmp_path / "site")
    assert not files(tmp_path / "elsewhere")


def test_a_list_that_lies_takes_nothing_away_outside(sent: Workspace, tmp_path: Path) -> None:
    victim = tmp_path / "victim.html"
    victim.write_text("mine")
    folder = archive(sent, tmp_path / "site").folder
    listed = json.loads((folder / LIST).read_text())
    for path in ("../victim.html", str(victim), "editions/../../victim.html", ".git/config.x"):
        listed["files"][path] = {"key": "", "sha256": ""}
    (folder / LIST).write_text(json.dumps(listed))
    archive(sent, folder)
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("damage", ["", "{", '{"files": 3}', "\udcff"])
def test_a_damaged_list_is_one_sentence(sent: Workspace, tmp_path: Path, damage: str) -> None:
    folder = archive(sent, tmp_path / "site").folder
    (folder / LIST).write_bytes(damage.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match="the list of what curator wrote there, cannot be read"):
        archive(sent, folder)


def test_a_run_that_was_killed_is_gone_on_with(sent: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    done = list[Path]()

    def dies(path: Path, data: bytes, *, lasting: bool = True) -> None:
        if len(done) == 8:
            raise KeyboardInterrupt
        done.append(path)
        replace_file(path, data, lasting=lasting)

    monkeypatch.setattr("curator.workflow.site_files.replace_file", dies)
    with pytest.raises(KeyboardInterrupt):
        archive(sent)
    monkeypatch.undo()
    assert archive(sent).files == archive(sent).files > 8
    assert archive(sent).written == 0


def test_a_faulty_template_leaves_the_site_as_it_was(sent: Workspace) -> None:
    before = files(archive(sent).folder)
    own = sent.path / "templates" / "_archive"
    if not (sent.path / "templates").exists():
        shutil.copytree(packaged_templates(), sent.path / "templates")
    (own / "shelf.html.j2").write_text("{{ shelf.lable }}")
    with pytest.raises(TemplateFault, match=r"shelf\.html\.j2:1: .*Did you mean|shelf\.html\.j2:1: "):
        archive(sent)
    assert files(sent.path / "archive") == before


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "https://", "https://example.org/?a=1", "https://[x"]
)
def test_what_is_no_address_of_a_site(sent: Workspace, url: str) -> None:
    with pytest.raises(UsageError, match="is no address of a site"):
        archive(sent, url=url)


def test_the_frame_speaks_the_language_of_its_editions(desk: Workspace, postman: Postman, clock: Clock) -> None:
    speak_french(desk.path)
    assert archive(desk).language == "en", "of no edition nobody knows"
    with sit_down(desk.path, clock) as french:
        send(french, sealed(french).id)
        done = archive(french)
        home = (done.folder / "index.html").read_text("utf-8")
        assert done.language == "fr" and '<html lang="fr" dir="ltr">' in home and "Numéros</a>" in home
        assert (done.folder / "editions" / "update-1.html").read_text("utf-8").count("lang=") == 1
        english = archive(french, language="en")
    home = (english.folder / "index.html").read_text("utf-8")
    assert english.language == "en" and '<html lang="en" dir="ltr">' in home and 'lang="fr"' in home


def test_a_fault_in_the_words_of_the_editions_language_is_told(desk: Workspace, postman: Postman, clock: Clock) -> None:
    speak_french(desk.path)
    with sit_down(desk.path, clock) as french:
        send(french, sealed(french).id)
        words = french.path / "templates" / "_shared" / "words"
        words.mkdir(exist_ok=True)
        (words / "fr.toml").write_text('[archive]\nshared_in = "Paru dans {numéros}"\n', "utf-8")
        with pytest.raises(ConfigError, match=r"archive.shared_in: has {numéros}, which nothing fills"):
            archive(french)


def test_a_language_without_words_for_a_frame_is_refused(sent: Workspace) -> None:
    with pytest.raises(ConfigError, match="there are no words for “xx”"):
        archive(sent, language="xx")
    with pytest.raises(ConfigError, match=r"“\.\./etc” is no language. Write its code"):
        archive(sent, language="../etc")
    if not (sent.path / "templates").exists():
        shutil.copytree(packaged_templates(), sent.path / "templates")
    own = sent.path / "templates" / "_shared" / "words"
    own.mkdir(exist_ok=True)
    text = PACKAGED.joinpath("fr.toml").read_text("utf-8")
    (own / "de.toml").write_text(text[: text.index("[archive]")] + text[text.index("[sections]") :], "utf-8")
    with pytest.raises(ConfigError, match=r"words/de\.toml: archive: lacks archive, archive_of, skip"):
        archive(sent, language="de")
    assert not (sent.path / "archive").exists()


def test_two_at_once_wait(sent: Workspace) -> None:
    with lock(sent.path, "archive"), pytest.raises(TryLater, match="writing the archive"):
        archive(sent)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_where_nobody_may_write(sent: Workspace, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(CuratorError, match="cannot be written"):
        archive(sent, tmp_path / "locked" / "site")


def test_a_file_where_the_folder_should_be(sent: Workspace, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(CuratorError, match="site"):
        archive(sent, tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_from_the_shell(sent: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(sent.path)
    assert run_program(["-w", path, "archive", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["editions"] == 1 and found["written"] == found["files"] and Path(found["index"]).is_file()
    assert run_program(["-w", path, "archive"]) == 0
    told = capsys.readouterr()
    assert told.out.strip() == found["index"]
    assert f"1 edition, {found['files']} files: 0 written, 0 taken away" in told.err
