"""Structured summaries: files in summaries/ that an editor writes or curator reads in, and the pages made of them.

text, PDF, page ─read→ summaries/NAME.md ─(editor)─build→ page, annex, extract for one actor
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from curator.clean import fold, plain_line, slugify
from curator.decode import did_you_mean
from curator.digest.summary.data import as_json
from curator.digest.summary.reading import read_summary
from curator.digest.summary.values import Summary
from curator.digest.summary.written import parse_summary, unready, write_summary
from curator.digest.words import DEFAULT, load_words
from curator.errors import ConfigError, Fault, TemplateFault, UsageError, cannot_write
from curator.workflow.packaged import packaged_templates
from curator.workflow.replace import replace_file
from curator.workflow.workspace import Workspace

if TYPE_CHECKING:
    from curator.models import Rendered

FOLDER = "summaries"
_PAPER = "@page { size: A4; margin: 20mm 18mm; }"


class Known(msgspec.Struct, frozen=True):
    """A summary of the workspace: its file, and what it holds; `faults` say what keeps readers from it."""

    name: str
    path: Path
    summary: Summary
    faults: tuple[Fault, ...] = ()
    written: bool = False


class Front(msgspec.Struct, frozen=True):
    """What an editor says of the document itself; what is left empty stays as the file has it."""

    title: str = ""
    link: str = ""
    publisher: str = ""
    language: str = ""
    themes: Sequence[str] = ()


class Built(msgspec.Struct, frozen=True):
    """The files written; `pdf` and `json` where they were asked for."""

    html: Path
    text: Path
    pdf: Path | None = None
    json: Path | None = None


def read(workspace: Workspace, source: Path, front: Front, *, name: str = "", anew: bool = False) -> Known:
    """Read a text, PDF or page into summaries/NAME.md; the same again changes nothing.

    What the front part of a file that is there says stays where `front` says nothing. Raises UsageError where the file
    says something else below and `anew` is not said, or where the source has no chapter."""
    from curator.reading import read_lines  # not before something is read: it brings what speaks HTTP

    path = _path(workspace, name or slugify(source.stem))
    found = read_summary(read_lines(source))
    if not found.chapters:
        mend = "Give its headings that form, or write the file yourself (docs/digests.md has it)."
        raise UsageError(f"{plain_line(str(source))} has no line “Chapter 1: …” to begin a chapter. {mend}")
    before = _text(path) if path.exists() else None
    known = parse_summary(before)[0] if before is not None else found
    text = write_summary(_fronted(workspace, found, front, known))
    same = (known.opening, known.chapters) == (found.opening, found.chapters) and before == write_summary(known)
    if before is not None and not same and not anew:
        raise UsageError(f"{_shown(path)} is there and has been changed. --anew writes it again; your changes go.")
    if written := before != text:
        _write(path, text.encode())
    return replace(load(workspace, path.stem), written=written)


def _fronted(workspace: Workspace, found: Summary, front: Front, known: Summary) -> Summary:
    themes = tuple(workspace.taxonomy.theme(each).slug for each in front.themes)
    return replace(
        found,
        title=plain_line(front.title) or known.title,
        link=plain_line(front.link) or known.link,
        publisher=plain_line(front.publisher) or known.publisher,
        language=plain_line(front.language) or known.language,
        themes=themes or known.themes,
    )


def summaries(workspace: Workspace) -> list[Known]:
    """All of them by name, those with faults too."""
    return [load(workspace, path.stem) for path in sorted((workspace.path / FOLDER).glob("*.md"))]


def load(workspace: Workspace, name: str) -> Known:
    """One with its faults. Raises UsageError where there is none, ConfigError where it is not text."""
    path = _path(workspace, name)
    if not path.is_file():
        there = [each.stem for each in sorted((workspace.path / FOLDER).glob("*.md"))]
        hint = did_you_mean(name, there) or f"There: {', '.join(there) or 'none'}."
        raise UsageError(f"There is no {_shown(path)}. {hint}")
    text = _text(path)
    summary, faults = parse_summary(text)
    faults += unready(text, summary)
    faults += [
        Fault("", f"“{slug}” is no theme of the taxonomy", did_you_mean(slug, workspace.taxonomy.themes))
        for slug in summary.themes
        if slug not in workspace.taxonomy.themes
    ]
    return Known(name, path, summary, tuple(faults))


def ready(workspace: Workspace, name: str) -> Summary:
    """One that may be shown. Raises ConfigError with all its faults, by line."""
    known = load(workspace, name)
    if known.faults:
        raise ConfigError(_shown(known.path), known.faults)
    return known.summary


def annexes(workspace: Workspace, topic: str) -> tuple[Summary, ...]:
    """The summaries on a topic, for the briefing about it. Raises TemplateFault with file and line where one has a
    fault: a mail that lacks its annex unseen would be worse than none."""
    on_topic = [known for known in summaries(workspace) if topic in known.summary.themes]
    for known in on_topic:
        for fault in known.faults:
            line = int(fault.where.removeprefix("line ") or 0)
            raise TemplateFault(_shown(known.path), line, f"{fault.what}. {fault.mend}".rstrip())
    return tuple(known.summary for known in on_topic)


def build(
    workspace: Workspace,
    name: str,
    form: Literal["page", "annex"] = "page",
    actor: str = "",
    out: Path | None = None,
    also: Collection[str] = (),
) -> Built:
    """Write a summary as a page, as it stands in an annex, or what it asks of one actor, in HTML and text, `also` as
    `pdf` and `json`.

    Raises ConfigError with all its faults (no link to the full text, no build), UsageError for an unknown actor, or
    where a PDF needs a Chromium and none is here, TemplateFault."""
    summary = ready(workspace, name)
    asked = _actor(summary, actor) if actor else ""
    shown: Literal["page", "annex", "extract"] = "extract" if asked else form
    made = rendered(workspace, summary, shown, asked)
    files = {"html": made.html.encode(), "txt": made.text.encode()}
    if "pdf" in also:
        files["pdf"] = _printed(made.html, workspace)
    if "json" in also:
        files["json"] = as_json(summary, shown, asked).encode()
    end = f"-{slugify(asked)}" if asked else "-annex" if form == "annex" else ""
    folder = out or workspace.path / FOLDER
    paths = {ending: folder / f"{name}{end}.{ending}" for ending in files}
    for ending, data in files.items():
        _write(paths[ending], data)
    return Built(paths["html"], paths["txt"], paths.get("pdf"), paths.get("json"))


def _printed(page: str, workspace: Workspace) -> bytes:
    """On paper, under a policy that lets nothing run and nothing load."""
    from curator.workflow.printing import pdf_of

    policy = "default-src 'none'; style-src 'unsafe-inline'"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_PAPER}</style>'
    head, tag, rest = page.partition("<head>")
    return pdf_of(f"{head}{tag}{meta}{rest}" if tag else f"<!DOCTYPE html>{meta}{page}", workspace.environ)


def rendered(
    workspace: Workspace, summary: Summary, form: Literal["page", "annex", "extract"], actor: str = ""
) -> Rendered:
    """A summary in one of its forms, in its own language, else English. Raises TemplateFault, ConfigError."""
    from curator.digest.render.summary import render_summary

    templates = workspace.templates if (workspace.templates / "summary").is_dir() else packaged_templates()
    shared = templates / "_shared"
    words = load_words(summary.language or DEFAULT, (shared, templates / "summary"), workspace.taxonomy.language)
    network = workspace.config.network
    return render_summary(summary, form, network, workspace.taxonomy, words, templates, shared, actor=actor)


def _actor(summary: Summary, wanted: str) -> str:
    """As the summary writes it."""
    found = next((actor for actor in summary.actors if fold(actor) == fold(wanted)), "")
    if not found:
        known = "; ".join(summary.actors) or "nobody"
        raise UsageError(f"Nothing is asked of “{plain_line(wanted, 60)}”. Asked are: {known}.")
    return found


def _path(workspace: Workspace, name: str) -> Path:
    if slugify(name) != name:
        raise UsageError(f"“{plain_line(name, 60)}” cannot name a summary. Call it “{slugify(name)}”.")
    return workspace.path / FOLDER / f"{name}.md"


def _shown(path: Path) -> str:
    return f"{FOLDER}/{path.name}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(_shown(path), [Fault("", "is not UTF-8 text", "Save it as UTF-8.")]) from error
    except OSError as error:
        fault = Fault("", f"cannot be read ({error.strerror})", "Check that you may read it.")
        raise ConfigError(_shown(path), [fault]) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    replace_file(path, data)
