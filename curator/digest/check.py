"""What is wrong with an edition before it is sealed. Every finding has a place; an error blocks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from curator.clean import fold, plain_line, plain_text
from curator.config import Network
from curator.digest.certificate import rule_findings
from curator.digest.definitions import Digest
from curator.digest.meter import SIZE_LIMIT, SIZE_WARNING
from curator.digest.notice import labels_of, outside, read_notice
from curator.digest.wording import safe_link
from curator.errors import TemplateFault
from curator.models import Edition, Filed, Finding, Level, Placement, Rendered, Spot
from curator.taxonomy import Taxonomy

SUBJECT_LIMIT = 120


def check(
    edition: Edition,
    filed: Mapping[int, Filed],
    rendered: Rendered | TemplateFault,
    digest: Digest,
    network: Network,
    taxonomy: Taxonomy,
    recipients: int,
    others_used: AbstractSet[int] = frozenset(),
) -> list[Finding]:
    """All findings, errors first. `filed` are the documents the library still has; `recipients` how many the list
    has; `others_used` the documents that stand in the digest's other editions."""
    findings = [
        *_edition_findings(edition, digest, network, taxonomy, recipients),
        *_rendered_findings(rendered, digest),
        *_placement_findings(edition, filed, digest, taxonomy, others_used),
        *_repeated_titles(edition, filed),
        *_notice_findings(edition, filed, digest),
    ]
    order: dict[Level, int] = {"error": 0, "warning": 1, "note": 2}
    return sorted(findings, key=lambda finding: order[finding.level])


def _edition_findings(
    edition: Edition, digest: Digest, network: Network, taxonomy: Taxonomy, recipients: int
) -> Iterator[Finding]:
    if not edition.placements:
        yield Finding("error", "empty", "There is no document in it.", edition.id)
    if digest.topic and not edition.topic:
        yield Finding("error", "no-topic", "It has no topic; draft it with --topic THEME.", edition.id)
    elif edition.topic and edition.topic not in taxonomy.themes:
        message = f"Its topic “{plain_line(edition.topic, 60)}” is no theme of the taxonomy."
        yield Finding("error", "unknown-topic", message, edition.id)
    if digest.topic and not edition.introduction.strip():
        yield Finding("warning", "no-introduction", "The introduction is empty.", f"{edition.id}, introduction")
    if recipients < 1:
        message = f"The list “{digest.mailing_list}” has no subscribers; import some, or change mailing_list."
        yield Finding("error", "no-recipients", message, f"list {digest.mailing_list}")
    if not network.postal.strip():
        message = "The network has no postal address, which many countries' laws ask of a bulk mail."
        yield Finding("warning", "no-postal", message, "feeds.toml, network.postal")


def _rendered_findings(rendered: Rendered | TemplateFault, digest: Digest) -> Iterator[Finding]:
    if isinstance(rendered, TemplateFault):
        where = f"{rendered.template}:{rendered.line}" if rendered.line else rendered.template
        yield Finding("error", "template", rendered.what, where)
        return
    subject = f"{digest.slug}/digest.toml, subject"
    if not rendered.subject.strip():
        yield Finding("error", "no-subject", "The subject is empty.", subject)
    if len(rendered.subject) > SUBJECT_LIMIT:
        message = (
            f"The subject has {len(rendered.subject)} characters; most mail programs cut it before {SUBJECT_LIMIT}."
        )
        yield Finding("error", "long-subject", message, subject)
    yield from rule_findings(rendered, f"{digest.slug}/body.html.j2")
    size = len(rendered.html.encode())
    if size > SIZE_WARNING:
        message = f"The HTML has {size / 1024:.0f} KB; Gmail hides what comes after {SIZE_LIMIT // 1024}."
        yield Finding("error" if size > SIZE_LIMIT else "warning", "large", message, f"{digest.slug}/body.html.j2")


def _placement_findings(
    edition: Edition, filed: Mapping[int, Filed], digest: Digest, taxonomy: Taxonomy, others_used: AbstractSet[int]
) -> Iterator[Finding]:
    placed = {placement.document for placement in edition.placements}
    own = {each.document for each in edition.words if each.blurb.strip()}
    for placement in edition.placements:
        each = filed.get(placement.document)
        if each is None:
            message = "The library no longer has this document; leave it out."
            yield Finding("error", "gone", message, f"document {placement.document}")
            continue
        if not each.blurb.strip() and each.id not in own:
            yield Finding("warning", "no-blurb", "It has no blurb; the feed's own words stand in.", _place(each))
        yield from _document_findings(each, placement, digest, taxonomy)
        if relatives := sorted(placed & set(each.document.family)):
            message = f"Document {relatives[0]} of the same family stands in this edition too; leave one out."
            yield Finding("error", "family", message, _place(each))
        if digest.once and placement.document in others_used:
            message = f"It already stands in another edition of {digest.name}; leave it out."
            yield Finding("error", "used", message, _place(each))


def _document_findings(filed: Filed, placement: Placement, digest: Digest, taxonomy: Taxonomy) -> Iterator[Finding]:
    where = _place(filed)
    if not filed.document.link.strip():
        if not digest.notices:  # a notice says itself what there is to know
            yield Finding("error", "no-link", "It has no link.", where)
    elif not safe_link(filed.document.link):
        message = f"Its link “{plain_line(filed.document.link, 60)}” is not one a reader can follow (http or https)."
        yield Finding("error", "bad-link", message, where)
    if filed.review.decision != "kept":
        message = f"It stands here by hand but is now “{filed.review.decision}”; keep it, or leave it out."
        yield Finding("warning", "not-kept", message, where)
    if filed.revised:
        message = f"Its feed has changed it since you last looked; `curator show {filed.id}` says how."
        yield Finding("note", "revised", message, where)
    if digest.section(placement.section) is None:
        yield Finding("error", "no-section", "No section of the digest takes it; give it one.", where)
    for code in dict.fromkeys(code for code in filed.countries if not _known(code, taxonomy)):
        message = f"Its country “{plain_line(code, 20)}” is not in the taxonomy."
        yield Finding("error", "unknown-country", message, where)


def _known(code: str, taxonomy: Taxonomy) -> bool:
    return code in taxonomy.countries or code in taxonomy.organisations


def _notice_findings(edition: Edition, filed: Mapping[int, Filed], digest: Digest) -> Iterator[Finding]:
    """What of a digest's notices cannot be read, and days of their plans on which nothing is."""
    own = {each.document: each.blurb for each in edition.words if each.blurb.strip()}
    for each in (filed[seat.document] for seat in edition.placements if digest.notices and seat.document in filed):
        text = plain_text(own.get(each.id) or each.blurb)
        notice = read_notice(text, labels_of(digest.words.said))
        for fault in (*notice.faults, *outside(notice, text, each.review.starts, each.review.ends)):
            line = text.count("\n", 0, fault.start) + 1
            spot = Spot("blurb", fault.start, fault.quoted, None, each.id, line)
            where = f"{_place(each)}, blurb: “{plain_line(fault.quoted, 60)}”"
            yield Finding("warning", fault.code, fault.message, where, spot)


def _repeated_titles(edition: Edition, filed: Mapping[int, Filed]) -> Iterator[Finding]:
    placed = [filed[each.document] for each in edition.placements if each.document in filed]
    own = {each.document: each.title for each in edition.words if each.title}
    titles = {each.id: fold(own.get(each.id, each.document.title)) for each in placed}
    count = Counter(titles.values())
    for each in placed:
        if count[titles[each.id]] > 1:
            yield Finding("warning", "same-title", "Another document in this edition has the same title.", _place(each))


def _place(filed: Filed) -> str:
    return f"document {filed.id}, “{plain_line(filed.document.title, 60)}”"
