"""docs/template-context.md, made from the code: `python -m curator.digest.reference > docs/template-context.md`."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator

from curator.digest import briefing, context, notice, outline
from curator.digest.render.filters import FILTERS
from curator.digest.render.summary import SummaryContext
from curator.digest.summary import values
from curator.digest.words import Words

_KINDS: tuple[tuple[type, str], ...] = (
    (context.NetworkContext, "network"),
    (context.DigestContext, "digest"),
    (context.EditionContext, "edition"),
    (context.TopicContext, "topic"),
    (context.SenderContext, "sender"),
    (briefing.Briefing, "briefing"),
    (briefing.MatrixCountry, "a country, from `briefing.countries`"),
    (briefing.MatrixDocument, "a document of the archive, from `country.documents`"),
    (briefing.Asked, "who is asked, from `briefing.asked`"),
    (outline.OutlineSection, "a section, from `edition.sections`"),
    (outline.OutlineGroup, "a group, from `section.groups`"),
    (outline.Seat, "a document, from `group.seats` or `edition.placements`"),
    (notice.Notice, "a notice, from `seat.notice`"),
    (notice.PlanDay, "a day, from `seat.notice.plan`"),
    (notice.PlanLine, "a line, from `day.lines`"),
)

_SUMMARY: tuple[tuple[type, str], ...] = (
    (values.Summary, "a summary, from `summary`"),
    (values.Chapter, "a chapter, from `summary.chapters`"),
    (values.Part, "a part, from `chapter.parts` or `summary.opening`"),
    (values.Box, "a box, from `part.boxes` or `summary.boxes`"),
    (values.Actions, "a list of actions, from `part.actions` or `summary.actions`"),
    (values.Practice, "an example of good practice, from `summary.practices`"),
)

_HEAD = """\
# What a template may say

Every name a digest's templates know. An unknown name is a fault that names template and line; it never renders as
nothing. Made from the code by `python -m curator.digest.reference`; a test keeps it current.
"""


def reference() -> str:
    """The whole page, Markdown."""
    parts = [_HEAD, "## The names", _sentence(context.Context), _table(context.Context)]
    for kind, where in _KINDS:
        parts += [f"## {where[0].upper()}{where[1:]}", _sentence(kind), _table(kind)]
    parts += ["## The names of a summary", _sentence(SummaryContext), _table(SummaryContext)]
    for kind, where in _SUMMARY:
        parts += [f"## {where[0].upper()}{where[1:]}", _sentence(kind), _table(kind)]
    parts += ["## Filters", "Beside Jinja's own, without `safe` and `random`:", _filters()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def documented_names(kind: type) -> dict[str, str]:
    """Each field and property of a value with the words that stand under it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(tree, ast.ClassDef)
    return dict(_field_words(tree)) | dict(_property_words(tree))


def _field_words(tree: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, words in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
            yield field.target.id, str(words.value.value) if said else ""  # type: ignore[union-attr]


def _property_words(tree: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for each in tree.body:
        if isinstance(each, ast.FunctionDef) and any(getattr(by, "id", "") == "property" for by in each.decorator_list):
            yield each.name, ast.get_docstring(each) or ""


def _table(kind: type) -> str:
    rows = [f"| `{name}` | {_line(words)} |" for name, words in documented_names(kind).items()]
    return "\n".join(["| name | what it is |", "|---|---|", *rows])


def _filters() -> str:
    worded = {each.__name__: each for each in (Words.long_date, Words.short_date, Words.counted)}
    rows = [f"| `{name}` | {_line(each.__doc__ or '')} |" for name, each in (worded | FILTERS).items()]
    return "\n".join(["| filter | what it gives |", "|---|---|", *rows])


def _sentence(kind: type) -> str:
    return _line(kind.__doc__ or "")


def _line(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(reference())
