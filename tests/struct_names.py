"""For mypy: `msgspec.structs.replace` takes the names of a Struct's fields, with their types, as `dataclasses.replace`
does. msgspec itself says `**changes: Any`, and a name that is none of the Struct's was seen only when it ran."""

from __future__ import annotations

from collections.abc import Callable

from mypy.plugin import FunctionSigContext, Plugin
from mypy.plugins.dataclasses import replace_function_sig_callback
from mypy.types import FunctionLike

Hook = Callable[[FunctionSigContext], FunctionLike]


class StructNames(Plugin):
    def get_function_signature_hook(self, fullname: str) -> Hook | None:
        return replace_function_sig_callback if fullname == "msgspec.structs.replace" else None


def plugin(version: str) -> type[Plugin]:
    """What mypy looks for."""
    return StructNames
