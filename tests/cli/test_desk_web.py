"""What `desk --web` says before it serves anything."""

from __future__ import annotations

import socket
import sys

import pytest

from tests.cli.world import Shell


def test_without_what_serves_it_the_mend_is_said(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    monkeypatch.setitem(sys.modules, "textual_serve.app_service", None)
    monkeypatch.delitem(sys.modules, "curator.desk.web", raising=False)
    result = shell("desk", "--web")
    assert (result.code, result.out) == (2, "")
    assert "which is not installed. Install it with: pip install 'curator[web]'" in result.err


def test_a_port_that_is_taken_is_said(shell: Shell) -> None:
    pytest.importorskip("textual_serve", reason="curator[web] is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = shell("desk", "--web", "--port", port)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"curator: Port {port} of this machine cannot be had (")


def test_a_port_is_for_the_browser_only(shell: Shell) -> None:
    result = shell("desk", "--port", 8000)
    assert (result.code, result.err) == (2, "curator: --port means something with --web only.\n")


def test_what_is_wrong_with_the_workspace_is_said_first(shell: Shell) -> None:
    pytest.importorskip("textual_serve", reason="curator[web] is not installed here")
    (shell.folder / "feeds.toml").write_text("[network\n", encoding="utf-8")
    result = shell("desk", "--web")
    assert (result.code, result.out) == (2, "")
    assert "feeds.toml" in result.err
