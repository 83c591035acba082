"""Tables of TOML into typed values, with every fault at once: what is wrong, where, and what would be right.

msgspec stops at the first fault; an editor who mends a file wants them all. So the kinds are msgspec Structs and
the walk over them is here. Each kind is turned into a reader once and kept.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec

from curator.clean import fold, plain_line
from curator.errors import Fault

T = TypeVar("T")
Reader = Callable[[object, str, list[Fault]], Any]
"""Takes a value, its key path and the list to add faults to; gives the typed value, meaningless where it added one."""

_PLAIN: dict[object, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime: "a date and time",
    date: "a date",
    time: "a time of day",
    dict: "a table",
    list: "a list",
}
_ITEM = re.compile(r"^(?P<list>.+)\[(?P<index>\d+)\]$")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def decode(kind: type[T], data: object, *, where: str = "") -> tuple[T | None, list[Fault]]:
    """`data`, as tomllib gives it, as a `kind`; None beside the faults where there is any. Never raises for data.

    Understands Structs, `dict[str, X]`, `list[X]`, `tuple[X, ...]`, unions, Literal, `object` and
    TOML's own kinds. `where` is the key path of `data` in its file (`mail`, `feeds[3]`)."""
    faults: list[Fault] = []
    value = _reader(cast("Any", kind))(data, where, faults)
    return (None if faults else cast("T", value)), faults


def decode_each(kind: type[T], data: object, *, where: str) -> tuple[dict[int, T], list[Fault]]:
    """The items of a list that are sound, by their index, and the faults of the others: for checks across items
    that should still see the sound ones. A list that is missing (None) is empty."""
    if data is None:
        return {}, []
    if not isinstance(data, list):
        return {}, decode(tuple[kind, ...], data, where=where)[1]  # type: ignore[valid-type]
    sound: dict[int, T] = {}
    faults: list[Fault] = []
    for index, each in enumerate(data):
        value, found = decode(kind, each, where=f"{where}[{index}]")
        faults += found
        if value is not None:
            sound[index] = value
    return sound, faults


def unknown_keys(table: Mapping[str, object], known: Sequence[str]) -> list[Fault]:
    """A fault for every key at the top of a file that means nothing there, with the nearest that does."""
    return [_unknown(key, "", known) for key in table if key not in known]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, accents and case aside; None where nothing is near."""
    from difflib import get_close_matches

    folded = {fold(each): each for each in reversed(list(known))}
    asked = fold(word)[:200]
    if not asked:
        return None
    close = get_close_matches(asked, list(folded), n=1, cutoff=0.6)
    if close:
        return folded[close[0]]
    longer = [each for each in folded if len(asked) >= 3 and each.startswith(asked)]
    return folded[min(longer, key=len)] if longer else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean “x”?`, or nothing where nothing is near."""
    near = nearest(word, known)
    return f"Did you mean “{plain_line(near)}”?" if near is not None else ""


# ---------------------------------------------------------------- readers, one for each kind


@cache
def _reader(hint: Any) -> Reader:
    """The reader for one type hint. A hint that is none of ours is a mistake in curator, so it raises TypeError."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Any or hint is object:
        return lambda value, where, faults: value
    if origin is Literal:
        return _literal(args)
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin in (tuple, list, Sequence):
        if origin is tuple and args[1:] != (...,):
            raise TypeError(f"decode understands tuple[X, ...], not {hint!r}")
        return _list(_reader(args[0]), list if origin is list else tuple)
    if origin in (dict, Mapping):
        return _dict(_reader(args[1]))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _table(hint)
    if hint in _PLAIN:
        return _plain(hint)
    raise TypeError(f"decode does not understand {hint!r}")


def _plain(kind: type) -> Reader:
    def read(value: object, where: str, faults: list[Fault]) -> Any:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int and abs(value) < 2**53:
            return float(value)
        faults.append(_wrong(value, where, _PLAIN[kind]))
        return None

    return read


def _literal(choices: tuple[Any, ...]) -> Reader:
    one_of = ", ".join(f"“{each}”" for each in choices)

    def read(value: object, where: str, faults: list[Fault]) -> Any:
        for each in choices:
            if type(value) is type(each) and value == each:
                return value
        if not isinstance(value, str):
            faults.append(_wrong(value, where, f"one of {one_of}"))
            return None
        near = did_you_mean(value, [str(each) for each in choices])
        faults.append(Fault(where, f"is “{plain_line(value, 60)}”, must be one of {one_of}", near))
        return None

    return read


def _union(args: tuple[Any, ...]) -> Reader:
    """The first kind that takes the value whole; where none does, the faults of the only kind of that shape, or one."""
    kinds = [each for each in args if each is not type(None)]
    readers = [(each, _reader(each)) for each in kinds]

    def read(value: object, where: str, faults: list[Fault]) -> Any:
        same_shape: list[list[Fault]] = []
        for kind, reader in readers:
            found: list[Fault] = []
            result = reader(value, where, found)
            if not found:
                return result
            if _shape(kind) is type(value) or len(readers) == 1:
                same_shape.append(found)
        if len(same_shape) == 1:
            faults.extend(same_shape[0])
        else:
            faults.append(_wrong(value, where, " or ".join(dict.fromkeys(_name(kind) for kind in kinds))))
        return None

    return read


def _list(item: Reader, build: Callable[[list[Any]], Any]) -> Reader:
    def read(value: object, where: str, faults: list[Fault]) -> Any:
        if not isinstance(value, list | tuple):
            mend = (
                "Put it in square brackets." if not isinstance(value, dict) else f"Write [[{where}]]." if where else ""
            )
            faults.append(_wrong(value, where, "a list", mend))
            return None
        return build([item(each, f"{where}[{index}]", faults) for index, each in enumerate(value)])

    return read


def _dict(item: Reader) -> Reader:
    def read(value: object, where: str, faults: list[Fault]) -> Any:
        if not isinstance(value, Mapping):
            faults.append(_wrong(value, where, "a table", f"Write [{where}]." if where else ""))
            return None
        return {str(key): item(each, _join(where, str(key)), faults) for key, each in value.items()}

    return read


def _table(kind: type[msgspec.Struct]) -> Reader:
    """A Struct. Its fields are looked at on first use, so that a kind may hold itself."""

    def read(value: object, where: str, faults: list[Fault]) -> Any:
        if not isinstance(value, Mapping):
            faults.append(_wrong(value, where, "a table", "" if not where or "[" in where else f"Write [{where}]."))
            return None
        before, readers, required = len(faults), _readers(kind), _required(kind)
        if value.keys() <= readers.keys() and all(map(_is_plain, value.values())):
            try:
                return msgspec.convert(value, kind)
            except (msgspec.ValidationError, TypeError):
                pass  # what is wrong is found below, in words
        given: dict[str, Any] = {}
        for key, each in value.items():
            reader = readers.get(key)
            if reader is None:
                faults.append(_unknown(str(key), where, [name for name in readers if name not in value]))
            else:
                given[key] = reader(each, _join(where, key), faults)
        faults.extend(_missing(name, where, value, kind) for name in required if name not in value)
        return None if len(faults) > before else _build(kind, given, where, faults)

    return read


def _is_plain(value: object) -> bool:
    """Text or texts: a table of nothing else, which most are, msgspec reads much faster, to the same end."""
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))


def _build(kind: type[msgspec.Struct], given: dict[str, Any], where: str, faults: list[Fault]) -> Any:
    try:
        return kind(**given)
    except ValueError as error:  # a kind's own __post_init__
        faults.append(Fault(where, plain_line(str(error)).rstrip("."), ""))
        return None


@cache
def _hints(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {each.name: each.type for each in msgspec.structs.fields(kind)}


@cache
def _readers(kind: type[msgspec.Struct]) -> dict[str, Reader]:
    return {name: _reader(hint) for name, hint in _hints(kind).items()}


@cache
def _required(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(each.name for each in msgspec.structs.fields(kind) if each.required)


# ---------------------------------------------------------------- the words of a fault


def _wrong(value: object, where: str, right: str, mend: str = "") -> Fault:
    return Fault(where, f"is {_PLAIN.get(type(value), 'nothing known')}, must be {right}", mend)


def _unknown(key: str, where: str, known: Sequence[str]) -> Fault:
    mend = did_you_mean(key, known) or (f"Known here: {', '.join(known)}." if known else "Remove it.")
    return Fault(_join(where, key), "unknown key", mend)


def _missing(name: str, where: str, table: Mapping[str, object], kind: type[msgspec.Struct]) -> Fault:
    return Fault(_join(where, name), "missing", _add(name, where, table, _shape(_hints(kind)[name]) is dict))


def _add(name: str, where: str, table: Mapping[str, object], is_table: bool) -> str:
    if is_table:
        return f"Add [{_join(where, name)}]."
    if not where:
        return "Add it at the top of the file."
    item = _ITEM.match(where)
    if not item:
        return f"Add it to [{where}]."
    called = next((str(table[key]) for key in ("slug", "code", "name", "url") if table.get(key)), "")
    which = f"the one with “{plain_line(called, 60)}”" if called else f"number {int(item['index']) + 1}"
    return f"Add it to [[{item['list']}]], {which}."


def _shape(hint: Any) -> type:
    """The TOML kind a hint is written as."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return next((_shape(each) for each in get_args(hint) if each is not type(None)), object)
    if origin is Literal:
        return type(get_args(hint)[0])
    if origin in (tuple, list, Sequence):
        return list
    if hint in _PLAIN:
        return cast("type", hint)
    return object if hint is Any or hint is object else dict


def _name(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return ", ".join(f"“{each}”" for each in get_args(hint))
    return _PLAIN.get(_shape(hint), "anything")


def _join(where: str, key: str) -> str:
    shown = key if _BARE_KEY.fullmatch(key) else f'"{plain_line(key, 60)}"'
    return f"{where}.{shown}" if where else shown
