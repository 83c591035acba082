"""An edition as the mail it will be: subject, preheader, HTML, text. Jinja and the inliner load on first use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from curator.clean import plain_line
from curator.config import Mail, Network
from curator.digest.briefing import Archive
from curator.digest.context import Context, EditionContext, build_context, headers
from curator.digest.definitions import Digest
from curator.digest.outline import outline
from curator.digest.wording import safe_link
from curator.digest.words import lacking
from curator.errors import TemplateFault
from curator.models import Edition, Filed, Rendered
from curator.taxonomy import Taxonomy

if TYPE_CHECKING:
    from curator.digest.render.sandbox import Templates


def render(
    edition: Edition,
    filed: Mapping[int, Filed],
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    templates_dir: Path,
    *,
    mail: Mail | None = None,
    publishers: Mapping[str, str] | None = None,
    shared_dir: Path | None = None,
    archive: Archive | None = None,
) -> Rendered:
    """The same values give the same bytes. The subject is the digest's; what `edition.subject` says is not looked at.

    `shared_dir` is `_shared` beside the digest unless given; `mail` names the sender, in the footer and in the
    headers; `archive` is what there is on the edition's topic; `publishers` is as `outline.publisher_names` gives it.
    Raises TemplateFault with template and line."""
    from curator.digest.render.inline import inline_css
    from curator.digest.render.tidy import tidy_html, tidy_text

    said = _context(edition, filed, digest, network, taxonomy, mail, publishers, archive)
    templates = _templates(digest, templates_dir, shared_dir)
    context = _headed(said, digest, templates)
    html = inline_css(templates.render("body.html.j2", context), templates.source("mail.css"))
    text = templates.render("body.txt.j2", context)
    return Rendered(
        context.subject,
        context.preheader,
        tidy_html(html),
        tidy_text(text),
        digest.mailing_list,
        headers(digest, mail) if mail else {},
    )


def subject_line(
    edition: Edition,
    filed: Mapping[int, Filed],
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    templates_dir: Path,
    *,
    mail: Mail | None = None,
    publishers: Mapping[str, str] | None = None,
    shared_dir: Path | None = None,
    archive: Archive | None = None,
) -> str:
    """The subject alone, of the same values as `render`, in a fifth of its time. Raises TemplateFault."""
    context = _context(edition, filed, digest, network, taxonomy, mail, publishers, archive)
    return plain_line(_templates(digest, templates_dir, shared_dir).line("subject", digest.subject, context))


def _context(
    edition: Edition,
    filed: Mapping[int, Filed],
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    mail: Mail | None,
    publishers: Mapping[str, str] | None,
    archive: Archive | None,
) -> Context:
    _assert_worded(edition, filed, digest, taxonomy)
    drawn = outline(edition, filed, digest, network, taxonomy, publishers)
    return build_context(edition, drawn, digest, network, taxonomy, mail, archive)


def _templates(digest: Digest, templates_dir: Path, shared_dir: Path | None) -> Templates:
    from curator.digest.render.sandbox import Templates

    return Templates(templates_dir / digest.slug, shared_dir or templates_dir / "_shared", digest.words)


def _assert_worded(edition: Edition, filed: Mapping[int, Filed], digest: Digest, taxonomy: Taxonomy) -> None:
    """Raises TemplateFault where the digest's language lacks a word or a name the mail needs: never half a language."""
    words = digest.words
    if words.lacks:
        raise TemplateFault(words.file, 0, f"lacks in [words]: {lacking(words.lacks)}")
    seats = [placement for placement in edition.placements if placement.document in filed]
    shown = [filed[seat.document] for seat in seats]
    keys = {key for each in shown for key in each.countries} | {seat.group for seat in seats}
    used = {
        "countries": [key for key in taxonomy.countries if key in keys],
        "organisations": [
            key for key in taxonomy.organisations if key in keys | {each.document.publisher for each in shown}
        ],
        "audiences": [key for key in taxonomy.audiences if key in _audiences(digest, shown)],
        "themes": [key for key in taxonomy.themes if key == edition.topic],
    }
    lacks = [f"[{table}]: {lacking(none)}" for table, known in used.items() if (none := words.unnamed(table, known))]
    if lacks:
        raise TemplateFault(words.file, 0, f"lacks in {'; '.join(lacks)}")


def _audiences(digest: Digest, shown: Iterable[Filed]) -> set[str]:
    """Those a digest that groups by audience names."""
    return {key for each in shown for key in each.review.audiences} if digest.group_by == "audience" else set()


def _headed(context: Context, digest: Digest, templates: Templates) -> Context:
    subject = templates.line("subject", digest.subject, context)
    preheader = templates.line("preheader", digest.preheader, context)
    return replace(
        context,
        subject=plain_line(subject),
        preheader=plain_line(preheader),
        edition=_lying(context, templates, digest),
    )


def _lying(context: Context, templates: Templates, digest: Digest) -> EditionContext:
    """The edition with the addresses of its other forms. Raises TemplateFault for what a browser cannot open."""
    dated = any(seat.starts or seat.deadline for seat in context.edition.placements)
    page = _address("web_page", digest.web_page, context, templates)
    calendar = _address("calendar", digest.calendar, context, templates)
    return replace(context.edition, web_page=page, calendar=calendar if dated else "")


def _address(key: str, source: str, context: Context, templates: Templates) -> str:
    if not source:
        return ""
    line = templates.line(key, source, context)
    if not (address := safe_link(line)) or address.startswith("mailto:"):
        raise TemplateFault(f"digest.toml, {key}", 0, f"“{plain_line(line, 80)}” is no address on the web (https://…)")
    return address
