"""One edition in many forms: from what was sealed, or from the library while it is a draft; written to files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from curator.digest.forms.contents import Contents, encoded
from curator.errors import UsageError, cannot_write
from curator.workflow import edition as editions
from curator.workflow.contents import contents, sealed_contents
from curator.workflow.holding import held
from curator.workflow.replace import assert_folder, replace_file
from curator.workflow.workspace import Workspace

Form = Literal["html", "text", "web", "markdown", "pdf", "json", "ics", "ris", "csl"]


class Kind(msgspec.Struct, frozen=True):
    """What a form is, in words, with the end of its files' names and its media type (RFC 6838)."""

    what: str
    end: str
    media_type: str


FORMS: dict[Form, Kind] = {
    "html": Kind("The mail's HTML", ".mail.html", "text/html; charset=utf-8"),
    "text": Kind("The mail's plain text", ".txt", "text/plain; charset=utf-8"),
    "web": Kind("A web page that stands alone", ".html", "text/html; charset=utf-8"),
    "markdown": Kind("Markdown (CommonMark)", ".md", "text/markdown; charset=utf-8; variant=CommonMark"),
    "pdf": Kind("PDF, by Chromium", ".pdf", "application/pdf"),
    "json": Kind("Everything, for programs", ".json", "application/json"),
    "ics": Kind("A calendar of its dates", ".ics", "text/calendar; charset=utf-8; method=PUBLISH"),
    "ris": Kind("References in RIS", ".ris", "application/x-research-info-systems"),
    "csl": Kind("References in CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json"),
}


class Exported(msgspec.Struct, frozen=True):
    """An edition in one form. `name` is for a file; `sealed` says that it was made from what was sealed."""

    edition: str
    form: Form
    name: str
    data: bytes
    sealed: bool


def export(workspace: Workspace, name: str, form: Form) -> Exported:
    """An edition in one form. A sealed or sent one is made from what was sealed, whatever the library says now; one
    that was sealed before curator kept what forms need, from the library.

    Raises UsageError where there is nothing to put into that form, or no Chromium; TemplateFault for a draft whose
    template has a fault; SealError where what is kept beside a seal is not what was approved."""
    edition = workspace.library.editions.get(name)
    held(workspace, edition)
    frozen = workspace.library.editions.frozen(name) if edition.status != "draft" else None
    rendered = frozen[0] if frozen else editions.render(workspace, edition)
    file = f"{edition.id}{FORMS[form].end}"
    if form in ("html", "text"):
        words = rendered.html if form == "html" else rendered.text
        return Exported(name, form, file, words.encode(), frozen is not None)
    kept = sealed_contents(workspace, name) if frozen else None
    data = _made(workspace, kept or contents(workspace, edition, rendered), form)
    if not data:
        raise UsageError(_NOTHING[form].format(name=name))
    return Exported(name, form, file, data, kept is not None)


_NOTHING = {
    "ics": "{name} has no date: nothing in it starts or has a deadline. Give documents dates with "
    "`curator tag ID --starts WHEN` or --deadline, then export it again.",
    "ris": "{name} has no document to cite.",
}


def _made(workspace: Workspace, said: Contents, form: Form) -> bytes:
    from curator.digest.forms import calendar, markdown, references, web

    match form:
        case "web":
            return web.as_web_page(said).encode()
        case "markdown":
            return markdown.as_markdown(said).encode()
        case "pdf":
            from curator.workflow.printing import pdf_of

            return pdf_of(web.as_web_page(said), workspace.environ)
        case "ics":
            return calendar.as_calendar(said)
        case "ris":
            return references.as_ris(said).encode()
        case "csl":
            return references.as_csl(said).encode()
        case _:
            return encoded(said).encode()


def written(workspace: Workspace, exported: Exported, out: Path | None = None) -> Path:
    """Write it into `out`: a file, or a folder that is there; without it into editions/<id>/ of the workspace. Answers
    the file's path. Raises LibraryError or TryLater where it cannot be written."""
    path = out / exported.name if out and out.is_dir() else out or _own_folder(workspace, exported) / exported.name
    assert_folder(path)
    replace_file(path, exported.data)
    return path


def _own_folder(workspace: Workspace, exported: Exported) -> Path:
    """Where what is made of the edition lies in the workspace."""
    folder = workspace.path / "editions" / exported.edition
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return folder
