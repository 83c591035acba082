"""A TOML file into tables: whatever keeps it from being read, as one fault with its line.

What the tables must hold is decode's to say.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from curator import kept
from curator.clean import plain_line
from curator.errors import ConfigError, Fault

_KEYS = re.compile(r"\(('[^']*'(?:, '[^']*')*),?\)")
"""A key as tomllib's messages show it, a Python tuple."""
_LONG = 2000
"""Characters of a TOML text whose tables are worth keeping."""
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path, *, when_missing: str = "Create it, or check the path.") -> dict[str, Any]:
    """The tables of a TOML file, UTF-8 with or without a byte order mark; ConfigError with the line otherwise."""
    return toml_of(_read_text(path, when_missing), path)


def toml_of(text: str, path: Path | str) -> dict[str, Any]:
    """The tables of a text that stands, or is to stand, in the file `path`; ConfigError with the line otherwise."""
    try:
        return _tables(text)
    except RecursionError:
        raise ConfigError(path, [Fault("", "is nested too deeply", "Use fewer brackets inside brackets.")]) from None
    except ValueError as error:  # TOMLDecodeError, and int() and date() on figures out of range
        raise ConfigError(path, [_toml_fault(str(error), text)]) from None


def _tables(text: str) -> dict[str, Any]:
    """A long text's are kept: tomllib takes longer than all else that opens a workspace."""
    import tomllib

    if len(text) <= _LONG:
        return tomllib.loads(text)
    from msgspec import msgpack

    key = f"toml {sys.version} {text}"
    if packed := kept.get(key):
        return cast("dict[str, Any]", msgpack.decode(packed))
    tables = tomllib.loads(text)
    with suppress(OverflowError):  # a number of more than 64 bits
        whole = msgpack.encode(tables)
        if repr(msgpack.decode(whole)) == repr(tables):  # a date would come back as a text
            kept.put(key, whole)
    return tables


def _read_text(path: Path, when_missing: str) -> str:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise ConfigError(path, [Fault("", "is not a file", "Check the path.")])
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(path, [Fault("", "does not exist", when_missing)]) from None
    except NotADirectoryError:
        raise ConfigError(path, [Fault("", "lies below a file, not a folder", "Check the path.")]) from None
    except IsADirectoryError:
        raise ConfigError(path, [Fault("", "is a folder, must be a file", "Check the path.")]) from None
    except PermissionError:
        raise ConfigError(path, [Fault("", "may not be read", "Allow reading it (chmod u+r).")]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(path, [Fault("", f"cannot be read: {reason}", "Check the path and the disk.")]) from error
    return _utf8(path, data)


def _utf8(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(
            f"line {line}", f"is not UTF-8 (byte 0x{error.object[error.start]:02x})", "Save the file as UTF-8."
        )
        raise ConfigError(path, [fault]) from None


def _toml_fault(message: str, text: str) -> Fault:
    """tomllib's message with its place in front; a fault at the end of the document gets the last line's number."""
    at = _AT.search(message)
    what = plain_line(_KEYS.sub(_dotted, _AT.sub("", message)), 200).rstrip(".")
    if at and at[1]:
        return Fault(f"line {at[1]}, column {at[2]}", f"is not TOML: {what[:1].lower()}{what[1:]}", "")
    last = text.count("\n", 0, max(len(text) - 1, 0)) + 1
    if at:
        return Fault(f"line {last}, end of file", f"is not TOML: {what[:1].lower()}{what[1:]}", "")
    return Fault(
        "", "holds a number that is too long or a date that does not exist", "Shorten it, or put it in quotes."
    )


def _dotted(keys: re.Match[str]) -> str:
    return f"[{keys[1].replace(chr(39), '').replace(', ', '.')}]"
