"""A structured summary as a page, as the annex of a mail, and as an extract for one actor; in the mails' sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from curator.clean import plain_line
from curator.config import Network
from curator.digest.context import DigestContext, NetworkContext, network_context
from curator.digest.render.inline import inline_css
from curator.digest.render.sandbox import Templates
from curator.digest.render.tidy import tidy_html, tidy_text
from curator.digest.summary.values import Summary
from curator.digest.words import Said, Words
from curator.models import Rendered
from curator.taxonomy import Taxonomy

FOLDER = "summary"
"""The folder in templates/ that has its three forms."""
Form = Literal["page", "annex", "extract"]


class SummaryContext(msgspec.Struct, frozen=True):
    """Every name the templates of a summary know."""

    network: NetworkContext
    """Who made it."""
    digest: DigestContext
    """Its language; it is no edition of a digest."""
    summary: Summary
    """The summary."""
    actor: str
    """Whom an extract is for; empty otherwise."""
    words: Said
    """The words of its language, by name."""
    subject: str
    """Its title, one line."""
    preheader: str = ""
    """Always empty."""

    def names(self) -> dict[str, object]:
        """The context as a template gets it."""
        return msgspec.structs.asdict(self)


def render_summary(
    summary: Summary,
    form: Form,
    network: Network,
    taxonomy: Taxonomy,
    words: Words,
    templates_dir: Path,
    shared_dir: Path,
    *,
    actor: str = "",
) -> Rendered:
    """HTML and text of one form; `actor` is whom an extract is for. Raises TemplateFault with template and line."""
    templates = Templates(templates_dir / FOLDER, shared_dir, words)
    context = SummaryContext(
        network=network_context(network, words.of(taxonomy)),
        digest=DigestContext(FOLDER, str(words.said["summary_of"]), "", words.language, words.direction),
        summary=summary,
        actor=actor,
        words=words.said,
        subject=plain_line(summary.title),
    )
    html = inline_css(templates.render(f"{form}.html.j2", context), templates.source("mail.css"))
    text = templates.render(f"{form}.txt.j2", context)
    return Rendered(context.subject, "", tidy_html(html), tidy_text(text))
