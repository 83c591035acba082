"""A workspace: found, opened, made, looked after, locked."""

from __future__ import annotations

import threading
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.errors import ConfigError, LibraryError, TryLater, UsageError
from curator.http.environment import certificates
from curator.workflow.doctor import doctor
from curator.workflow.drafts import forget_draft, keep_draft, kept_draft
from curator.workflow.locks import lock
from curator.workflow.setup import init
from curator.workflow.workspace import Workspace, editor_name, find_workspace, open_workspace
from tests.cli.world import FEEDS_TOML
from tests.workflow.world import EDITING, Clock, sealed, sit_down, subscribe

# ---------------------------------------------------------------- finding and opening


def test_a_workspace_is_found_upwards_by_name_or_environment(folder: Path, tmp_path: Path) -> None:
    inside = folder / "editions" / "deep"
    inside.mkdir(parents=True)
    assert find_workspace(here=inside, environ={}) == folder
    assert find_workspace(folder, here=tmp_path, environ={}) == folder
    assert find_workspace(here=tmp_path, environ={"CURATOR_WORKSPACE": str(folder)}) == folder


def test_none_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"curator init.*curator demo"):
        find_workspace(here=tmp_path, environ={})
    with pytest.raises(UsageError, match="no folder"):
        find_workspace(tmp_path / "nowhere", environ={})


def test_today_is_where_the_network_is(folder: Path) -> None:
    with sit_down(folder, Clock(datetime(2026, 9, 30, 21, 59, tzinfo=UTC))) as workspace:
        assert workspace.today() == date(2026, 9, 30)
    with sit_down(folder, Clock(datetime(2026, 9, 30, 22, 0, tzinfo=UTC))) as workspace:
        assert workspace.today() == date(2026, 10, 1)


def test_who_acts() -> None:
    assert editor_name({"CURATOR_EDITOR": "ann"}) == "ann"
    assert editor_name({})


def test_a_fault_in_the_configuration_opens_nothing(folder: Path) -> None:
    (folder / "feeds.toml").write_text(FEEDS_TOML.replace('"SE"', '"XX"'), encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        sit_down(folder, Clock())
    assert len(raised.value.faults) == 2


def test_a_workspace_s_own_taxonomy_wins(folder: Path) -> None:
    (folder / "taxonomy.toml").write_text("nonsense = 1", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"taxonomy\.toml"):
        sit_down(folder, Clock())


def test_a_second_session_for_another_thread(desk: Workspace) -> None:
    counts = []

    def count() -> None:
        with desk.twin() as twin, desk.another() as another:
            counts.extend([twin.library.documents.count(), another.library.documents.count()])

    thread = threading.Thread(target=count)
    thread.start()
    thread.join()
    assert counts == [4, 4]


# ---------------------------------------------------------------- init and demo


def test_init_makes_a_workspace_that_opens(tmp_path: Path) -> None:
    folder = init(tmp_path / "new")
    with open_workspace(folder, environ={}) as workspace:
        assert set(workspace.digests) == {"update", "make-it-so", "resource-suite", "network-notices"}
        assert workspace.config.feeds == ()
    with pytest.raises(UsageError, match="already"):
        init(folder)


def test_init_leaves_templates_that_are_there(tmp_path: Path) -> None:
    mine = tmp_path / "templates" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine")
    init(tmp_path)
    assert mine.read_text() == "mine"
    assert list(mine.parent.iterdir()) == [mine]


# ---------------------------------------------------------------- doctor


def codes(folder: Path) -> dict[str, str]:
    return {one.code: one.level for one in doctor(folder, now=Clock(), environ={"CURATOR_EDITOR": "ann"})}


def test_a_healthy_workspace(folder: Path) -> None:
    assert codes(folder) == {"empty-list": "warning"}
    with sit_down(folder, Clock()) as workspace:
        everybody = [replace(one, lists=("members", "key-leaders")) for one in workspace.library.people.subscribers()]
        workspace.library.people.put(everybody)
    assert codes(folder) == {}


def test_what_a_doctor_finds(folder: Path) -> None:
    text = FEEDS_TOML.replace('smtp   = "file:"', 'smtp   = "smtp://127.0.0.1:1"').replace("Box 1, Uppsala, Sweden", "")
    (folder / "feeds.toml").write_text(text.replace('["SE", "GB-ENG"]', '["SE", "GB-ENG", "NZ"]'), encoding="utf-8")
    (folder / "templates" / "update").mkdir(parents=True)
    (folder / "templates" / "update" / "digest.toml").write_text('name = "Update"\nnonsense = 1\n')
    found = codes(folder)
    assert found["mail"] == found["digest"] == "error"
    assert found["no-postal"] == "warning"
    assert found["country-without-feed"] == "note"


def test_a_doctor_looks_at_proxies_authorities_and_passwords(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://me:secret@proxy")
    (slug, *_) = tomllib.loads(FEEDS_TOML)["feeds"]
    name = f"CURATOR_FEED_{slug['slug'].upper().replace('-', '_')}_AUTH"
    environ = {"CURATOR_EDITOR": "ann", name: "secret", "CURATOR_FEED_NOBODY_AUTH": "a:secret"}

    def told() -> list[str]:
        found = doctor(folder, now=Clock(), environ=environ)
        return [f"{one.level}: {one.message}" for one in found if one.where == "environment"]

    proxy, password, nobody = told()
    assert proxy.startswith("error: HTTPS_PROXY cannot be used: it is not an address")
    assert password == f"error: {name} cannot be used: it must be user:password."
    assert nobody == "warning: CURATOR_FEED_NOBODY_AUTH is set, and no feed has that name."
    monkeypatch.delenv("HTTPS_PROXY")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "feeds.toml"))
    certificates.cache_clear()
    assert told()[0].endswith("feeds.toml holds no certificates in PEM form.")
    certificates.cache_clear()


def test_a_doctor_reads_a_broken_configuration(folder: Path) -> None:
    (folder / "feeds.toml").write_text("[network\n", encoding="utf-8")
    assert codes(folder) == {"configuration": "error"}
    (folder / "feeds.toml").write_text(FEEDS_TOML, encoding="utf-8")
    (folder / "curator.db").write_bytes(b"x" * 9000)
    for beside in ("curator.db-wal", "curator.db-shm"):
        (folder / beside).unlink(missing_ok=True)
    assert codes(folder) == {"library": "error"}


def test_a_doctor_changes_nothing(folder: Path) -> None:
    with sit_down(folder, Clock()) as workspace:
        subscribe(workspace, "dee@example.org")
        sealed(workspace)
        before = workspace.library.version()
        codes(folder)
        assert workspace.library.version() == before


# ---------------------------------------------------------------- locks and drafts


def test_a_lock_is_for_one_at_a_time_and_each_for_itself(tmp_path: Path) -> None:
    with lock(tmp_path, "pull"), lock(tmp_path, "send"), lock(tmp_path, "run"):
        for what in ("pull", "send", "run"):
            with pytest.raises(TryLater, match="Another curator"), lock(tmp_path, what):
                raise AssertionError
    with lock(tmp_path, "pull"):
        pass


def test_a_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), lock(tmp_path, "pull"):
            raise ZeroDivisionError


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"), lock(tmp_path, "pull"):
        raise AssertionError


def test_words_being_typed_survive(desk: Workspace) -> None:
    assert kept_draft(desk, "blurb 12") is None
    keep_draft(desk, "blurb 12", "Half a sent")
    keep_draft(desk, "blurb 12", "Half a sentence")
    assert kept_draft(desk, "blurb 12") == "Half a sentence"
    forget_draft(desk, "blurb 12")
    forget_draft(desk, "blurb 12")
    assert kept_draft(desk, "blurb 12") is None
    assert desk.now() == EDITING
