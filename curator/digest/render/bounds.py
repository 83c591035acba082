"""How much one call of a filter or a text's method may build, told before it runs: `"x" | center(1000000000)` would
fill the machine in one step. Each bound is an upper one, reckoned from the arguments alone.

What is not listed here builds no more than it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from functools import wraps
from typing import Any

from jinja2.exceptions import TemplateRuntimeError

PIECE = 1_000_000
"""Characters, or items of a list, that one step may build."""
_DIGITS = 4096
"""Bits of a whole number: more than any mail counts, and few enough to write out at once."""
_WIDE = re.compile(r"\d{4}|\*|:[^{}]*\{")
"""In a format: a figure of four digits or more, or a width that an argument gives."""

_JINJAS_OWN = ("_loop_vars", "_block_vars")
"""What Jinja hands to every call beside what the template wrote."""

Bound = Callable[..., int]


def hold(size: int) -> None:
    """Raises TemplateRuntimeError for what is too large to build."""
    if size > PIECE:
        raise TemplateRuntimeError(f"builds a text or list of more than {PIECE:,} characters or items")


def hold_number(left: object, right: object) -> None:
    """The same for the product of two whole numbers."""
    if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > _DIGITS:
        raise TemplateRuntimeError("reckons with a number too large")


def hold_format(form: object) -> None:
    """The same for a format that pads to a width."""
    if isinstance(form, str) and _WIDE.search(form):
        raise TemplateRuntimeError("formats a text into more than 999 columns, or into a width given elsewhere")


def length(value: object) -> int:
    """Characters of a text, items of a list; 0 for what has neither."""
    return len(value) if isinstance(value, Sized) else 0


def held_method(owner: object, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
    """Raises TemplateRuntimeError where calling this method of a text or a list would build too much."""
    bound = _METHODS.get(name)
    if name in ("format", "format_map"):
        hold_format(owner)
    elif name == "strftime":
        hold_format(next(iter((*args, *kwargs.values())), ""))
    elif bound and isinstance(owner, str | bytes | list):
        said = {key: value for key, value in kwargs.items() if key not in _JINJAS_OWN}
        hold(_reckoned(name, bound, (owner, *args), said))


def held_filter(name: str, run: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing what it would build too much of; the same filter where it cannot swell."""
    bound = _FILTERS.get(name)
    if bound is None:
        return run
    skip = 1 if hasattr(run, "jinja_pass_arg") else 0

    @wraps(run)
    def held(*args: Any, **kwargs: Any) -> Any:
        args = tuple(each if isinstance(each, Sized) or not isinstance(each, Iterable) else list(each) for each in args)
        hold(_reckoned(name, bound, args[skip:], kwargs))
        return run(*args, **kwargs)

    return held


def _reckoned(name: str, bound: Bound, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> int:
    """What no bound can be reckoned for is not run: a call this module does not understand might build anything."""
    try:
        return bound(*args, **kwargs)
    except (TypeError, AttributeError) as error:
        raise TemplateRuntimeError(f"“{name}” cannot be called like this: {error}") from error


# ---------------------------------------------------------------- what each would build; parameters as the callee's


def _padded(value: object, width: int = 80, *_: object) -> int:
    return abs(width)


def _indented(s: object, width: int | str = 4, first: bool = False, blank: bool = False) -> int:
    return (str(s).count("\n") + 1) * (len(width) if isinstance(width, str) else abs(width))


def _wrapped(text: object, width: int = 72, indent: int = 0, mark: str = "") -> int:
    return length(text) + (length(text) + 1) * (abs(indent) + length(mark))


def _broken(s: object, width: int = 79, break_long_words: bool = True, wrapstring: str | None = None, *_: bool) -> int:
    return length(s) * (1 + length(wrapstring or "\n"))


def _replaced(s: object, old: str, new: str, count: int | None = None) -> int:
    return length(s) + str(s).count(str(old)) * length(str(new))


def _joined(value: Iterable[object], d: str = "", attribute: str | int | None = None) -> int:
    return sum(len(str(each)) + len(str(d)) for each in value)


def _joined_by(between: str, parts: Iterable[object]) -> int:
    return _joined(parts, between) if isinstance(parts, Sized) else PIECE + 1


def _tabbed(text: str, tabsize: int = 8) -> int:
    return len(text) + text.count("\t") * abs(tabsize)


def _mapped(text: str, table: Mapping[object, object]) -> int:
    return len(text) * max((length(each) for each in table.values()), default=1)


def _batched(value: object, linecount: int, fill_with: object = None) -> int:
    return length(value) + abs(linecount)


def _sliced(value: object, slices: int, fill_with: object = None) -> int:
    return length(value) + abs(slices)


def _summed(iterable: Iterable[object], attribute: str | int | None = None, start: object = 0) -> int:
    return PIECE + 1 if attribute is not None and isinstance(start, Sized) else sum(map(length, iterable))


def _extended(values: list[object], more: object) -> int:
    return len(values) + length(more)


def _nested(value: object, indent: int | None = None) -> int:
    return len(str(value)) * (1 + abs(indent or 0))


def _formatted(value: object, *_: object, **__: object) -> int:
    hold_format(str(value).replace("%%", ""))
    return length(value)


def _rounded(value: object, precision: int = 0, method: str = "common") -> int:
    return PIECE + 1 if abs(precision) > 64 else 0


_METHODS: Mapping[str, Bound] = {
    "center": _padded,
    "ljust": _padded,
    "rjust": _padded,
    "zfill": _padded,
    "expandtabs": _tabbed,
    "replace": _replaced,
    "join": _joined_by,
    "translate": _mapped,
    "extend": _extended,
}
_FILTERS: Mapping[str, Bound] = {
    "center": _padded,
    "indent": _indented,
    "wordwrap": _broken,
    "wrap": _wrapped,
    "replace": _replaced,
    "join": _joined,
    "batch": _batched,
    "slice": _sliced,
    "sum": _summed,
    "tojson": _nested,
    "format": _formatted,
    "round": _rounded,
}
