"""The private names of Textual that the desk leans on, in one place: an upgrade that takes one away fails here first,
and says which."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Region
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

import curator.desk
from tests.desk.tmux import ROOT as HOUSE

ROOM = Path(curator.desk.__file__).parent
OF_THE_SERVER = ("web.py", "served.py")
"""These lean on textual-serve and on its drivers."""

NAMES: Mapping[type, Mapping[str, str]] = {
    App: {
        "_batch_count": "above 0 while nothing is to be painted",
        "_close_messages_no_wait": "ends the app after a defect, as Textual does itself",
        "_display": "the one way from a screen to the terminal",
        "_driver": "the terminal, None where there is none",
        "_exception": "the defect that ended the app",
        "_fatal_error": "called when a defect ends the app",
        "_get_screen": "makes an installed screen before it is shown",
        "_handle_exception": "where a defect of a task goes",
        "_notifications": "the notes that stand at the corner",
        "_refresh_notifications": "draws the notes of the screen on top",
        "_refresh_truecolor_filter": "follows the colours of a theme",
        "_screen_stack": "the screens that lie over one another, the top last",
        "_start_widget": "mounts a scroll bar of the desk's own",
        "_update_mouse_over": "finds what is under the mouse after a painting",
    },
    Screen: {
        "_compositor": "what is laid out where",
        "_compositor_refresh": "paints what is dirty",
        "_css_update_count": "which styles the screen was drawn with",
        "_dirty_widgets": "what is to be drawn anew",
        "_exchange_repaint_regions": "takes the regions that are to be drawn anew, and forgets them",
        "_layout_required": "whether it is to be laid out",
        "_on_idle": "called when all that was posted is handled",
        "_on_timer_update": "paints all that has changed",
        "_pop_result_callback": "forgets who waits for a dialog's answer",
        "_push_result_callback": "remembers who waits for a dialog's answer",
        "_recompose_required": "whether it is to be composed anew",
        "_refresh_layout": "lays out at a size",
        "_repaint_required": "whether it is to be drawn anew",
        "_result_callbacks": "who waits for a dialog's answer, the latest last",
        "_scroll_required": "whether something has scrolled",
        "_update_auto_focus": "gives the focus to whom it belongs at first",
    },
    Widget: {
        "_bindings": "what its own keys are bound to",
        "_layout_required": "whether it is to be laid out",
        "_recompose_required": "whether it is to be composed anew",
        "_repaint_required": "whether it is to be drawn anew",
        "_scroll_to": "the one way all scrolling goes",
        "_scroll_update": "moves the scroll bars to another length",
    },
    ScrollView: {"_vertical_scrollbar": "the bar once it was made, None before"},
    Compositor: {"_dirty_regions": "what of the screen is to be drawn anew"},
    LinuxDriver: {
        "_app": "whom it tells of keys",
        "_file": "where it writes",
        "_loop": "the loop of the app",
        "_mouse": "whether the terminal is asked for the mouse",
    },
}
"""Each name, and what the desk takes it to be."""


@pytest.mark.parametrize("kind", NAMES, ids=lambda kind: kind.__name__)
async def test_what_the_desk_leans_on_is_there(kind: type) -> None:
    made = kind(App()) if kind is LinuxDriver else kind()
    gone = [f"{kind.__name__}.{name}: {what}" for name, what in NAMES[kind].items() if not hasattr(made, name)]
    assert not gone, f"Textual {version('textual')} has no longer what the desk leans on:\n" + "\n".join(gone)


def test_no_other_textual_is_installed_than_the_one_whose_private_names_are_known() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    major, minor, *_ = version("textual").split(".")
    assert f"textual>={major}.{minor},<{major}.{int(minor) + 1}" in project["dependencies"], (
        "Textual was upgraded: see that each name above still means what is said of it, then set pyproject.toml."
    )


def test_what_an_update_holds_is_there() -> None:
    whole = LayoutUpdate([], Region())
    assert (whole.strips, whole.region) == ([], Region())
    parts = ChopsUpdate([], [], [])
    assert (parts.chops, parts.spans, parts.chop_ends) == ([], [], [])


def test_no_private_name_is_used_that_is_not_named_here() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in ROOM.rglob("*.py") if path.name not in OF_THE_SERVER]
    own = {name for tree in trees for name in _made(tree)}
    used = {name for tree in trees for name in _used(tree)}
    assert used - own - {name for names in NAMES.values() for name in names} == set()


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
