"""The private names of Textual that the desk leans on, in one place: an upgrade that takes one away fails here first,
and says which."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Input

import curator.desk

ROOM = Path(curator.desk.__file__).parent
OF_THE_SERVER = ("web.py", "served.py")
"""These lean on textual-serve and on its drivers."""

NAMES: Mapping[type, str] = {
    App: "_batch_count _close_messages_no_wait _display _driver _exception _fatal_error _get_screen _handle_exception"
    " _notifications _refresh_notifications _refresh_truecolor_filter _screen_stack _start_widget _update_mouse_over",
    Screen: "_compositor _compositor_refresh _css_update_count _dirty_widgets _exchange_repaint_regions"
    " _layout_required _on_idle _on_timer_update _pop_result_callback _push_result_callback _recompose_required"
    " _refresh_layout _repaint_required _result_callbacks _scroll_required _update_auto_focus",
    Widget: "_bindings _layout_required _recompose_required _repaint_required _scroll_to _scroll_update",
    ScrollView: "_vertical_scrollbar",
    Compositor: "_dirty_regions",
    Input: "_watch_value",
    LinuxDriver: "_app _file _loop _mouse",
}


@pytest.mark.parametrize("kind", NAMES, ids=lambda kind: kind.__name__)
async def test_what_the_desk_leans_on_is_there(kind: type) -> None:
    made = kind(App()) if kind is LinuxDriver else kind()
    assert {name for name in NAMES[kind].split() if not hasattr(made, name)} == set()


def test_what_an_update_holds_is_there() -> None:
    whole = LayoutUpdate([], Region())
    assert (whole.strips, whole.region) == ([], Region())
    parts = ChopsUpdate([], [], [])
    assert (parts.chops, parts.spans, parts.chop_ends) == ([], [], [])


def test_no_private_name_is_used_that_is_not_named_here() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in ROOM.rglob("*.py") if path.name not in OF_THE_SERVER]
    own = {name for tree in trees for name in _made(tree)}
    used = {name for tree in trees for name in _used(tree)}
    assert used - own - set(" ".join(NAMES.values()).split()) == set()


def _used(tree: ast.AST) -> Iterator[str]:
    return (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_private(node.attr))


def _made(tree: ast.AST) -> Iterator[str]:
    """The names that the desk itself gives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
