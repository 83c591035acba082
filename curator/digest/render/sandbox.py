"""The only room that knows Jinja: templates run in its sandbox, bounded in steps and size, and every fault of theirs
comes out as a TemplateFault that names template and line.

Bounded are: turns of loops and calls together (`STEPS`), what `~`, `+`, `*`, `**` and `%`, one filter or one method of
a text may build (`bounds.PIECE`), and the output (`OUTPUT`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

import msgspec
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
    pass_environment,
)
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context as JinjaContext
from jinja2.runtime import Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import missing

from curator.clean import plain_line
from curator.decode import did_you_mean
from curator.digest.context import Context
from curator.digest.render.bounds import PIECE, held_filter, held_method, hold, hold_format, hold_number, length
from curator.digest.render.compiled import Compiled
from curator.digest.render.filters import FILTERS, worded
from curator.digest.words import Said, Words
from curator.errors import TemplateFault

STEPS = 100_000
OUTPUT = 4_000_000
_SIZED = (str, list, tuple)
_WITH_METHODS = (str, bytes, list, date)
"""Whose methods can build what is too large."""
_UNSURE_FILTERS = ("random", "safe")
_UNSURE_GLOBALS = ("lipsum",)


class Names(Protocol):
    """Whatever a template is given."""

    def names(self) -> dict[str, object]: ...


_KINDS = {"tuple": "a list", "list": "a list", "str": "a text", "int": "a number", "date": "a day"}


class Templates:
    """The templates of one digest: its own folder's first, then the shared ones."""

    def __init__(self, folder: Path, shared: Path, words: Words, steps: int = STEPS) -> None:
        self._folder = folder
        self._environment = _Environment([folder, shared], words, steps)

    def source(self, name: str) -> str:
        """The text of a file that is not a template. Raises TemplateFault where it is missing."""
        with _faults(name, self._folder):
            return self._environment.source(name)

    def render(self, name: str, context: Names) -> str:
        """The template's output. Raises TemplateFault."""
        return self.fill(name, context.names())

    def fill(self, name: str, names: Mapping[str, object]) -> str:
        """The same with names that are no mail's. Raises TemplateFault."""
        with _faults(name, self._folder):
            return self._environment.run(self._environment.get_template(name), names)

    def line(self, key: str, source: str, context: Context) -> str:
        """A one-line template from digest.toml, `key` being where it stands there. Raises TemplateFault."""
        with _faults(f"digest.toml, {key}", self._folder):
            return self._environment.run(self._environment.line(source), context.names())


class _Loader(FileSystemLoader):
    """Templates in UTF-8 from several folders; one that cannot be read is a TemplateFault."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except TemplateNotFound:
            raise
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            what = f"is not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as UTF-8"
            raise TemplateFault(self._shown(template), line, what) from error
        except OSError as error:
            raise TemplateFault(self._shown(template), 0, f"cannot be read ({error.strerror})") from error

    def _shown(self, template: str) -> str:
        folder = next(Path(each) for each in self.searchpath if (Path(each) / template).is_file())
        return f"{folder.name}/{template}"


class _Environment(SandboxedEnvironment):
    """Jinja's sandbox with strict names, escaping in `.html.j2`, our filters, and a budget of steps for each run."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, folders: list[Path], words: Words, steps: int) -> None:
        super().__init__(
            loader=_Loader(folders),
            undefined=_Unknown,
            autoescape=lambda name: bool(name) and name.endswith(".html.j2"),
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=Compiled(f"{words.language} {words.singular} {words.dates}"),
        )
        self._steps, self._most = 0, steps
        self.filters.update(FILTERS | worded(words) | {"_counted": _counted, "_sized": _sized})
        self.globals["words"] = words.said  # macros imported without the context speak the language too
        for name in _UNSURE_FILTERS:
            del self.filters[name]
        for name in _UNSURE_GLOBALS:
            del self.globals[name]
        self.filters.update({name: held_filter(name, run) for name, run in self.filters.items()})

    def source(self, name: str) -> str:
        assert self.loader
        return self.loader.get_source(self, name)[0]

    def line(self, source: str) -> Template:
        """As `from_string`, but compiled only once."""
        assert self.bytecode_cache
        bucket = self.bytecode_cache.get_bucket(self, "", None, source)
        if bucket.code is None:
            bucket.code = self.compile(source)
            self.bytecode_cache.set_bucket(bucket)
        return Template.from_code(self, bucket.code, self.make_globals(None))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template writes as `obj.attribute`. A field of our own values, nothing that can be called, needs no
        more looking at than once: most of what a mail asks for."""
        if attribute in _fields(type(obj)):  # type: ignore[arg-type]  # every class can be hashed
            value = getattr(obj, attribute)
            if not callable(value):
                return value
        return super().getattr(obj, attribute)

    def run(self, template: Any, names: Mapping[str, object]) -> str:
        self._steps, size, pieces = 0, 0, []
        for piece in template.generate(**names):
            size += len(piece)
            if size > OUTPUT:
                raise TemplateRuntimeError(f"writes more than {OUTPUT:,} characters")
            pieces.append(piece)
        return "".join(pieces)

    def step(self) -> None:
        self._steps += 1
        if self._steps > self._most:
            raise TemplateRuntimeError(f"takes more than {self._most:,} steps: does a loop or macro never end?")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Jinja's tree with every loop counted and every `~` measured."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = _filtered(loop.iter, "_counted")
        for parent in [tree, *tree.find_all(nodes.Node)]:
            _measure(parent)
        tree.set_environment(self)
        return tree

    def call(__self, __context: JinjaContext, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        __self.step()
        if type(__obj) is Macro:  # most that is called: always safe, and no method of a value
            return _sized(__context.call(__obj, *args, **kwargs))
        if isinstance(owner := getattr(__obj, "__self__", None), _WITH_METHODS):
            held_method(owner, __obj.__name__, args, kwargs)
        return _sized(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: JinjaContext, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and not (abs(left) <= PIECE and abs(right) <= 64):
            raise TemplateRuntimeError("raises a number to a power too large")
        if operator == "%" and isinstance(left, str):
            hold_format(left.replace("%%", ""))
        if operator == "*":
            hold(length(left) * abs(_count(right)) + length(right) * abs(_count(left)))
            hold_number(left, right)
        return _sized(super().call_binop(context, operator, left, right))


@cache
def _fields(kind: type) -> frozenset[str]:
    """The fields of a Struct that the sandbox lets be read; none of any other kind."""
    known = kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else ()
    return frozenset(name for name in known if not name.startswith("_"))


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(cast("nodes.Expr", node), name, [], [], None, None, lineno=node.lineno)


def _measure(parent: nodes.Node) -> None:
    """Every `~` right below `parent`, wrapped so that what it builds is measured."""
    for field, value in parent.iter_fields():
        if isinstance(value, nodes.Concat) and getattr(parent, "name", "") != "_sized":
            setattr(parent, field, _filtered(value, "_sized"))
        elif isinstance(value, list):
            value[:] = [_filtered(each, "_sized") if isinstance(each, nodes.Concat) else each for each in value]


@pass_environment
def _counted(environment: _Environment, values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        environment.step()
        yield value


def _sized(value: Any) -> Any:
    if isinstance(value, _SIZED):
        hold(len(value))
    return value


def _count(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


class _Unknown(StrictUndefined):
    """An unknown name, which says what was perhaps meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name, of = str(self._undefined_name), self._undefined_obj
        if of is missing:
            return _unknown(f"“{name}” is not known", name, Context.__struct_fields__)
        if of is None:
            return f"there is nothing to take “{name}” from; ask for it inside an `if`"
        if isinstance(of, Said):
            return f"there is no word “{name}” in {of}. {did_you_mean(name, of) or 'Add it to their file'}"
        kind = _called(type(of).__name__)
        known = [each for each in dir(of) if not each.startswith("_")]
        return _unknown(f"{kind} has no “{name}”", name, known)


def _called(kind: str) -> str:
    """What docs/template-context.md calls what a template has in hand: `edition`, `group`, `a list`."""
    return _KINDS.get(kind) or kind.removeprefix("Outline").removeprefix("Matrix").removesuffix("Context").lower()


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    return f"{what}. {did_you_mean(name, known)}".rstrip(" .")


class _faults:
    """Turns what goes wrong in a template into a TemplateFault; what goes wrong in curator passes."""

    def __init__(self, name: str, folder: Path) -> None:
        self._name, self._folder = name, folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, TemplateFault):
            self._raise(error)

    def _raise(self, error: Exception) -> NoReturn:
        if isinstance(error, TemplateSyntaxError):
            raise self._fault(error.filename, error.lineno, str(error.message)) from error
        frame = self._frame(error)
        if not isinstance(error, TemplateError) and frame is None:
            raise error
        filename, line = frame or (None, 0)
        raise self._fault(filename, line, _what(error)) from error

    def _fault(self, filename: str | None, line: int, what: str) -> TemplateFault:
        path = Path(filename) if filename and not filename.startswith("<") else self._folder / self._name
        line = line if path.suffix != "" and "," not in path.name else 0
        return TemplateFault(f"{path.parent.name}/{path.name}", line, plain_line(what, 400))

    def _frame(self, error: Exception) -> tuple[str, int] | None:
        """File and line of the innermost template frame, which Jinja writes into the traceback."""
        found, traceback = None, error.__traceback__
        while traceback:
            frame = traceback.tb_frame
            if "__jinja_exception__" in frame.f_globals:
                found = frame.f_code.co_filename, traceback.tb_lineno
            traceback = traceback.tb_next
        return found


def _what(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template “{error.name}” in the digest's folder or in _shared"
    if isinstance(error, RecursionError):
        return "calls itself without end"
    if isinstance(error, TemplateError):
        return str(error.message or error)
    return f"{error} ({type(error).__name__})"
