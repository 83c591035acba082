"""The code of templates: compiling takes most of the time that rendering takes.

In memory as long as the process lives, and from one process to the next where `kept` keeps it: never in a workspace,
whose templates may come from anybody and whose code, Python's and not the sandbox's, would reach everything."""

from __future__ import annotations

import marshal
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from curator import clean, kept
from curator.digest import words

_MOST = 256
"""Versions of templates that are remembered; an editor who changes one at the desk makes a new one each time."""
_CODE: dict[str, CodeType] = {}


class Compiled(BytecodeCache):
    """Code by a template's name, file and content; `language` says what else it may depend on: Jinja works out what
    depends on nothing when it compiles, a date written out among it."""

    def __init__(self, language: str) -> None:
        self._language = language

    def load_bytecode(self, bucket: Bucket) -> None:
        key = self._key(bucket)
        if key not in _CODE and (data := kept.get(key)):
            _remember(key, marshal.loads(data))
        bucket.code = _CODE.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            _remember(self._key(bucket), bucket.code)
            kept.put(self._key(bucket), marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        return f"template {_compiler()} {self._language} {bucket.key} {bucket.checksum}"


def forget() -> None:
    """Have every template compiled anew, but what is kept on the disk."""
    _CODE.clear()


def _remember(key: str, code: CodeType) -> None:
    if len(_CODE) >= _MOST:
        _CODE.clear()
    _CODE[key] = code


@cache
def _compiler() -> str:
    """Python, and every file of Jinja and curator whose change may change the code of the same template: what filters
    make of what depends on nothing is in it. Of markdown-it, which loads on first use, the file with its version."""
    folders = [Path(jinja2.__file__).parent, Path(__file__).parent, Path(words.__file__).parent]
    markdown = find_spec("markdown_it")
    assert markdown and markdown.origin
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    files += [Path(clean.__file__), Path(markdown.origin)]
    return f"{sys.version} " + " ".join(f"{file}:{(at := file.stat()).st_size}:{at.st_mtime_ns}" for file in files)
