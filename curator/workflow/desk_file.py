"""desk.toml: how an editor's desk looks, which keys it has, and which searches stand beside its queues.

Every part is read for itself: what is wrong in it falls back to how the desk is without the file, and is told with all
other faults at once. Which commands and themes there are only the desk knows; it checks those.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from curator.clean import fold, plain_line
from curator.decode import decode, decode_each, unknown_keys
from curator.errors import ConfigError, Fault, UsageError
from curator.query import parse
from curator.taxonomy import Taxonomy
from curator.toml_file import read_toml
from curator.workflow.locks import lock
from curator.workflow.replace import replace_file
from curator.workflow.workspace import Workspace

DESK_FILE = "desk.toml"
_PARTS = ("theme", "mouse", "marks", "keys", "searches")
_WAIT = 10.0  # seconds for another curator to finish with the file
T = TypeVar("T")
Keys = dict[str, tuple[str, ...]]


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """A search that is kept, in the query language."""

    name: str
    query: str

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("has an empty name")


class DeskFile(msgspec.Struct, frozen=True):
    """What desk.toml says; `keys` by command id as the editor wrote them, `faults` all that is wrong."""

    theme: str = ""
    mouse: bool = True
    marks: Literal["unicode", "ascii"] = "unicode"
    keys: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    searches: tuple[Search, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_desk_file(folder: Path, taxonomy: Taxonomy) -> DeskFile:
    """The workspace's desk.toml, as far as it is right; an empty one where there is none. Never raises."""
    path = folder / DESK_FILE
    if not path.exists():
        return DeskFile()
    try:
        data = read_toml(path)
    except ConfigError as error:
        return DeskFile(faults=error.faults)
    return _decoded(data, taxonomy)


def _decoded(data: Mapping[str, Any], taxonomy: Taxonomy) -> DeskFile:
    faults = unknown_keys(data, _PARTS)
    keys, found = _keys(data.get("keys", {}))
    faults += found
    searches, found = _searches(data.get("searches"), taxonomy)
    faults += found
    return DeskFile(
        theme=_part(str, data, "theme", "", faults),
        mouse=_part(bool, data, "mouse", True, faults),
        marks=_part(Literal["unicode", "ascii"], data, "marks", "unicode", faults),
        keys=keys,
        searches=searches,
        faults=tuple(faults),
    )


def _part(kind: Any, data: Mapping[str, Any], name: str, otherwise: T, faults: list[Fault]) -> T:
    if name not in data:
        return otherwise
    value, found = decode(kind, data[name], where=name)
    faults += found
    return otherwise if value is None else value


def _keys(data: object) -> tuple[Keys, list[Fault]]:
    """`[keys]` with `"triage.keep" = "x"`, or `[keys.triage]` with `keep = ["x", "ctrl+k"]`."""
    if not isinstance(data, Mapping):
        return {}, decode(dict[str, str], data, where="keys")[1]
    flat: dict[str, object] = {}
    for name, value in data.items():
        flat |= {f"{name}.{key}": each for key, each in value.items()} if isinstance(value, Mapping) else {name: value}
    keys: Keys = {}
    faults: list[Fault] = []
    for name, value in flat.items():
        read, found = decode(tuple[str, ...], [value] if isinstance(value, str) else value, where=f"keys.{name}")
        faults += found
        keys |= {name: read} if read else {}
    return keys, faults


def _searches(data: object, taxonomy: Taxonomy) -> tuple[tuple[Search, ...], list[Fault]]:
    read, faults = decode_each(Search, data, where="searches")
    sound: dict[str, Search] = {}
    for index, one in read.items():
        where = f"searches[{index}]"
        if fold(one.name) in sound:
            faults.append(Fault(f"{where}.name", f"“{plain_line(one.name, 60)}” stands there already", "Rename one."))
        elif fault := query_fault(one.query, taxonomy):
            faults.append(Fault(f"{where}.query", f"“{plain_line(one.query, 60)}” means nothing", fault))
        else:
            sound[fold(one.name)] = one
    return tuple(sound.values()), faults


def query_fault(query: str, taxonomy: Taxonomy) -> str:
    """What is wrong with a search, in a sentence; '' where nothing is."""
    if not query.strip():
        return "Say what is to be found."
    try:
        parse(query, taxonomy)
    except UsageError as error:
        return error.message
    return ""


# ---------------------------------------------------------------- saved searches


def searches(workspace: Workspace) -> Sequence[Search]:
    """The saved searches, in the order of the file; what is wrong in it is left out."""
    return read_desk_file(workspace.path, workspace.taxonomy).searches


def save_search(workspace: Workspace, name: str, query: str) -> Search:
    """Write a search into desk.toml, in the place of one of that name; comments and all else stay.

    Raises UsageError for an empty name or a query that means nothing, ConfigError where the file is no TOML,
    LibraryError or TryLater where it cannot be written."""
    named = plain_line(name, 60)
    if not named:
        raise UsageError("Give the search a name.")
    if fault := query_fault(query, workspace.taxonomy):
        raise UsageError(f"The search was not saved. {fault}")
    search = Search(name=named, query=plain_line(query))
    _rewrite(workspace.path, search.name, search)
    return search


def forget_search(workspace: Workspace, name: str) -> None:
    """Take a saved search out of desk.toml. Raises UsageError where there is none of that name, and as above."""
    if not _rewrite(workspace.path, name, None):
        known = ", ".join(f"“{one.name}”" for one in searches(workspace)) or "none"
        raise UsageError(f"There is no saved search “{plain_line(name, 60)}” (there: {known}).")


def _rewrite(folder: Path, name: str, search: Search | None) -> bool:
    """Put `search` where one of that name stands, else at the end; None takes it out. Answers whether one did."""
    with lock(folder, "desk", wait=_WAIT):
        path = Path(os.path.realpath(folder / DESK_FILE))
        before = _text(path)
        after, stood = _rewritten(before, name, search, path)
        if after != before:
            replace_file(path, after.encode())
        return stood


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    read_toml(path)  # raises ConfigError with the line for what is no TOML
    return path.read_bytes().decode("utf-8-sig")


def _rewritten(text: str, name: str, search: Search | None, path: Path) -> tuple[str, bool]:
    import tomlkit
    from tomlkit.items import AoT

    document = tomlkit.parse(text)
    tables = document.setdefault("searches", tomlkit.aot())
    if not isinstance(tables, AoT):
        raise ConfigError(path, [Fault("searches", "is not written as [[searches]] blocks", "Write it so.")])
    at = next((n for n, one in enumerate(tables) if fold(str(one.get("name", ""))) == fold(name)), None)
    if search and at is not None:
        tables[at]["query"] = search.query
    elif search:
        table = tomlkit.table()
        table.update({"name": search.name, "query": search.query})
        tables.append(table)
    elif at is not None:
        del tables[at]
    if not len(tables):
        del document["searches"]
    return tomlkit.dumps(document), at is not None
