"""The code of templates as long as the process lives: compiling takes most of the time that rendering takes.

In memory alone. Code in a file is Python's and not the sandbox's: whoever could put a file into a folder of templates,
which may come from anybody, would reach everything."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

_MOST = 256
"""Versions of templates that are remembered; an editor who changes one at the desk makes a new one each time."""
_CODE: dict[tuple[str, str, str], CodeType] = {}


class Compiled(BytecodeCache):
    """Code by a template's name, file and content; `language` says what else it may depend on: Jinja works out what
    depends on nothing when it compiles, a date written out among it."""

    def __init__(self, language: str) -> None:
        self._language = language

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _CODE.get(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(_CODE) >= _MOST:
            _CODE.clear()
        if bucket.code is not None:
            _CODE[self._key(bucket)] = bucket.code

    def _key(self, bucket: Bucket) -> tuple[str, str, str]:
        return self._language, bucket.key, bucket.checksum


def forget() -> None:
    """Have every template compiled anew."""
    _CODE.clear()
