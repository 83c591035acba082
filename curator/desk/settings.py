"""What desk.toml means at the desk: its keys held against the commands, its theme against the themes there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from textwrap import wrap
from typing import Literal

import msgspec
from textual.binding import Binding
from textual.keys import Keys

from curator.clean import plain_line, plain_text
from curator.decode import did_you_mean
from curator.desk.commands import COMMANDS, Command, shown, with_keys
from curator.desk.widgets.rows import Rows
from curator.errors import ConfigError, Fault
from curator.workflow.desk_file import DESK_FILE, DeskFile

_OF_LISTS = frozenset(key for one in Rows.BINDINGS if isinstance(one, Binding) for key in one.key.split(","))
"""Keys of every list: a command on one of them would never be heard."""
_NAMED = frozenset(one.value for one in Keys if "<" not in one.value)
_PLACES = tuple(dict.fromkeys(one.place for one in COMMANDS))
_MODIFIERS = ("ctrl+", "alt+", "shift+", "super+")
_NOTE_COLUMNS = 34
"""Columns of a note's words on the narrowest screen."""
_AROUND = 9
"""Lines that a note's title and its frame, the last sentence and the line below take."""


class Settings(msgspec.Struct, frozen=True):
    """How this editor's desk is. `keys`: by command id, as Textual names keys, several with commas; `marks` says
    whether signs beyond ASCII may be drawn, `mouse` whether the desk takes the mouse."""

    theme: str = ""
    mouse: bool = True
    marks: Literal["unicode", "ascii"] = "unicode"
    keys: Mapping[str, str] = msgspec.field(default_factory=dict)
    fault: ConfigError | None = None


def settings_of(file: DeskFile, themes: Collection[str]) -> Settings:
    """The sound part of the file, and one error with all that is not."""
    faults = list(file.faults)
    theme = file.theme
    if theme and theme not in themes:
        faults.append(Fault("theme", f"“{plain_line(theme, 40)}” is no theme", did_you_mean(theme, themes)))
        theme = ""
    keys = _sound_keys(file.keys, faults)
    return Settings(
        theme=theme,
        mouse=file.mouse,
        marks=file.marks,
        keys=keys,
        fault=ConfigError(DESK_FILE, faults) if faults else None,
    )


def faults_told(error: ConfigError, height: int) -> str:
    """Every fault on a line, as many as a screen of `height` has room for; what is wrong is as it would be without the
    file."""
    room, told = height - _AROUND, list[str]()
    for fault in map(plain_text, map(str, error.faults)):
        room -= len(wrap(fault, _NOTE_COLUMNS)) + 1
        if room < 0 and told:
            break
        told.append(fault)
    if left := len(error.faults) - len(told):
        told.append(f"And {left} more: `curator doctor` lists all.")
    return "\n\n".join(told)


def _sound_keys(wanted: Mapping[str, tuple[str, ...]], faults: list[Fault]) -> dict[str, str]:
    """Those that can be had. A command whose keys are wrong, or meant by another command too, keeps its own."""
    known = {one.id: one for one in COMMANDS}
    keys: dict[str, str] = {}
    for name, written in wanted.items():
        found = list(_key_faults(name, written, known))
        faults += found
        if not found:
            keys[name] = ",".join(key_name(one) for one in written)
    while clash := _clash(keys):
        name, fault = clash
        faults.append(fault)
        del keys[name]
    return keys


def _key_faults(name: str, written: tuple[str, ...], known: Mapping[str, Command]) -> Iterator[Fault]:
    where = f"keys.{plain_line(name, 60)}"
    if name not in known:
        yield Fault(where, "unknown command", did_you_mean(name, known) or "docs/desk.md lists them.")
    if not written:
        yield Fault(where, "has no key", "Name at least one.")
    for one in written:
        if not key_name(one):
            yield Fault(where, f"“{plain_line(one, 30)}” is no key", "Write it as x, X, ?, f5, ctrl+x or space.")
        elif key_name(one) in _OF_LISTS:
            yield Fault(where, f"“{one}” is a key of every list", "Choose another key.")


def _clash(keys: Mapping[str, str]) -> tuple[str, Fault] | None:
    """The first command that the editor gave a key which another one has where both can be meant. The desk's own
    commands of a place may hide those of everywhere; an editor's of everywhere may not be hidden."""
    taken: dict[tuple[str, str], Command] = {}
    for one in sorted(with_keys(COMMANDS, keys), key=lambda one: one.id in keys):
        places = _PLACES if one.place == "everywhere" and one.id in keys else (one.place,)
        for place, key in ((place, key) for place in places for key in one.key.split(",")):
            other = taken.setdefault((place, key), one)
            if other is not one:
                what = f"“{plain_line(shown(key))}” is the key of {other.id} already"
                return one.id, Fault(f"keys.{one.id}", what, f"Give one of the two another key ({other.label}).")
    return None


def key_name(written: str) -> str:
    """A key as Textual calls it: `slash` for `/`, `ctrl+r` as it stands; '' for what is no key."""
    modifiers, bare = _split(written)
    if len(bare) == 1:
        return modifiers + _named(bare) if bare.isprintable() and not bare.isspace() else ""
    lower = bare.lower()
    return modifiers + lower if lower in _NAMED or lower in _CHARACTERS else ""


def _split(written: str) -> tuple[str, str]:
    modifiers = ""
    while one := next((one for one in _MODIFIERS if written.lower().startswith(one)), ""):
        modifiers, written = modifiers + one, written[len(one) :]
    return modifiers, written


def _named(character: str) -> str:
    if character == ",":  # which would part two keys
        return "comma"
    (binding,) = Binding.make_bindings([Binding(character, "")])
    return binding.key


_CHARACTERS = frozenset(_named(chr(code)) for code in range(33, 127) if not chr(code).isalnum())
