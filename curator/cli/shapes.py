"""The shapes of `--json`: what scripts may rely on, key by key. Pure.

Instants are ISO 8601 in UTC with Z, days as 2026-10-01. Keys are never taken away or renamed; new ones may come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curator.models import (
        Act,
        Certificate,
        Edition,
        Feed,
        FeedState,
        Filed,
        Finding,
        Health,
        Moment,
        OwnWords,
        Placement,
        PullReport,
        SendReport,
        Spot,
        Subscriber,
        Suggested,
        Suggestions,
    )
    from curator.workflow.deliveries import Mail
    from curator.workflow.looking import Preview
    from curator.workflow.opml import Imported, Turned
    from curator.workflow.people import Size
    from curator.workflow.revisions import Revision
    from curator.workflow.run import RunReport
    from curator.workflow.setup import Demo

Shape = dict[str, Any]

# What JSON lets through and a terminal does not: DEL, the C1 controls, direction marks, lone surrogates.
_HARMFUL = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def as_json(value: object) -> bytes:
    """One JSON value as UTF-8, a newline at its end when echoed; control characters are escaped, all others stand."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def instant(at: datetime | None) -> str | None:
    """`2026-10-01T05:00:00Z`; parts of a second only where there are any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


# ---------------------------------------------------------------- feeds and documents


def citation(document: int, form: str, text: str) -> Shape:
    return {"id": document, "form": form, "text": text}


def theme(slug: str, label: str, group: str) -> Shape:
    return {"slug": slug, "label": label, "group": group}


def feed(declared: Feed, state: FeedState, health: Health) -> Shape:
    return {
        "slug": declared.slug,
        "name": declared.name,
        "url": declared.url,
        "country": declared.country,
        "health": health.condition,
        "last_pulled_at": instant(state.last_pulled_at),
        "last_new_at": instant(state.last_new_at),
        "error": health.reason,
        "since": instant(health.since),
        "moved_to": state.moved_to if health.condition == "moved" else None,
    }


def imported(done: Imported) -> Shape:
    return {
        "added": [one.slug for one in done.added],
        "skipped": [_turned(one) for one in done.skipped],
        "refused": [_turned(one) for one in done.refused],
    }


def _turned(one: Turned) -> Shape:
    return {"line": one.line, "name": one.name, "url": one.url, "reason": one.reason}


def pull_report(report: PullReport) -> Shape:
    return {
        "feeds": report.feeds,
        "fetched": report.fetched,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "new": report.new,
        "changed": report.changed,
        "seconds": report.seconds,
        "failures": [{"feed": one.feed, "stage": one.stage, "error": one.error} for one in report.failures],
    }


def document(filed: Filed, suggestions: Suggestions, *, text: bool = False) -> Shape:
    """`section` and `countries` are those in force: the editor's word, else the feed's default."""
    said, review = filed.document, filed.review
    shape: Shape = {
        "id": said.id,
        "title": said.title,
        "link": said.link,
        "canonical_url": said.canonical_url,
        "publisher": said.publisher,
        "feed": said.feed,
        "published_at": instant(said.published_at),
        "first_seen_at": instant(said.first_seen_at),
        "language": said.language,
        "excerpt": said.excerpt,
        "decision": review.decision,
        "section": filed.section,
        "countries": list(filed.countries),
        "themes": list(review.themes),
        "audiences": list(review.audiences),
        "blurb": review.blurb,
        "family": list(said.family),
        "suggested": suggested(suggestions),
        "changed_at": instant(said.changed_at),
        "revised": filed.revised,
        **{name: text_of(getattr(review, name)) for name in ("starts", "ends", "deadline")},
    }
    return shape | {"text": said.text} if text else shape


def revision(one: Revision) -> Shape:
    """What the feed said until `at`, and by part how it changed."""
    return {
        "at": instant(one.at),
        "title": one.was.title,
        "link": one.was.link,
        "excerpt": one.was.excerpt,
        "changes": dict(one.changes),
    }


def suggested(suggestions: Suggestions) -> Shape:
    section = suggestions.section
    return {
        "countries": [{"code": one.code, "reason": one.reason} for one in suggestions.countries],
        "themes": [_by_slug(one) for one in suggestions.themes],
        "section": _by_slug(section) if section else None,
    }


def _by_slug(one: Suggested) -> Shape:
    return {"slug": one.code, "reason": one.reason}


def text_of(moment: Moment | None) -> str | None:
    """`2026-12-03`, or `2026-12-03 15:00 America/Vancouver`."""
    return str(moment) if moment else None


# ---------------------------------------------------------------- the editor's acts


def act(one: Act | None) -> Shape | None:
    """An act of the journal with what it was about, documents by number and editions by id."""
    if one is None:
        return None
    return {
        "act": one.id,
        "verb": one.verb,
        "by": one.by,
        "at": instant(one.at),
        "documents": sorted({int(name) for kind, name in map(_subject, one.subjects) if kind in _OF_DOCUMENTS}),
        "editions": [name for kind, name in map(_subject, one.subjects) if kind == "edition"],
    }


_OF_DOCUMENTS = ("document", "family")


def _subject(text: str) -> tuple[str, str]:
    kind, _, name = text.partition(":")
    return kind, name


def journal_line(one: Act, about: str) -> Shape:
    return {**(act(one) or {}), "undoes": one.undoes, "undone": one.undone, "about": about}


def history_line(one: Act, before: Mapping[str, object] | None, after: Mapping[str, object]) -> Shape:
    return {
        "act": one.id,
        "at": instant(one.at),
        "by": one.by,
        "verb": one.verb,
        "undoes": one.undoes,
        "undone": one.undone,
        "before": _hand(before) if before is not None else None,
        "after": _hand(after),
    }


def _hand(record: Mapping[str, object]) -> Shape:
    """What the editor said; whose word it is and when stands in the act."""
    return {key: value for key, value in record.items() if key not in ("document", "by", "at")}


# ---------------------------------------------------------------- editions


def edition(one: Edition, seen: Mapping[int, Sequence[str]] | None = None) -> Shape:
    """`seen` says, by document, in which editions it stood before; left away in lists of editions."""
    words = {own.document: own for own in one.words}
    return {
        "id": one.id,
        "digest": one.digest,
        "number": one.number,
        "date": one.date.isoformat(),
        "status": one.status,
        "topic": one.topic,
        "subject": one.subject,
        "placements": [_placement(seat, words.get(seat.document), seen) for seat in one.placements],
        "left_out": list(one.left_out),
        "carried": list(one.carried),
    }


def _placement(seat: Placement, own: OwnWords | None, seen: Mapping[int, Sequence[str]] | None) -> Shape:
    """`title` and `blurb` are this edition's own words for the document; null where the document's stand."""
    return {
        "document": seat.document,
        "section": seat.section,
        "group": seat.group,
        "rank": seat.rank,
        "by_hand": seat.by_hand,
        "title": own.title or None if own else None,
        "blurb": own.blurb or None if own else None,
    } | ({} if seen is None else {"seen": list(seen.get(seat.document, ()))})


def preview(written: Preview) -> Shape:
    return {
        "html": str(written.html.absolute()),
        "text": str(written.text.absolute()),
        "eml": str(written.eml.absolute()),
        "bytes": written.size,
    }


def finding(one: Finding) -> Shape:
    return {"level": one.level, "code": one.code, "message": one.message, "where": one.where}


def checked(one: Finding) -> Shape:
    """`id` names it to --mend and --accept; `spot` says exactly where, null for what is not in a text."""
    return finding(one) | {"id": one.id, "spot": _spot(one.spot) if one.spot else None}


def _spot(one: Spot) -> Shape:
    """`quoted` stands from character `start` of `field` on; `mend` is what should stand there, null where unknown."""
    return {
        "document": one.document,
        "field": one.field,
        "start": one.start,
        "line": one.line,
        "quoted": one.quoted,
        "mend": one.mend,
    }


def seal(one: Edition) -> Shape:
    """All null where it is not sealed (any more)."""
    approval = one.seal
    return {
        "seal": approval.hash if approval else None,
        "by": approval.by if approval else None,
        "at": instant(approval.at) if approval else None,
    }


def certificate(edition: str, found: Certificate) -> Shape:
    """Every rule, in one order; `hash` is of what was checked."""
    rules = [
        {"rule": each.rule, "what": each.what, "holds": each.holds, "faults": list(each.faults)}
        for each in found.rulings
    ]
    return {
        "edition": edition,
        "hash": found.hash,
        "at": instant(found.at),
        "curator": found.curator,
        "rules": rules,
    }


def send_report(report: SendReport) -> Shape:
    return {
        "sent": report.sent,
        "failed": report.failed,
        "already": report.already,
        "pending": report.pending,
        "unknown": report.unknown,
    }


def run_report(report: RunReport) -> Shape:
    return {
        "pulled": report.pulled,
        "drafted": report.drafted,
        "sent": report.sent,
        "held": report.held,
        "notes": list(report.notes),
    }


# ---------------------------------------------------------------- people and workspaces


def subscriber(one: Subscriber) -> Shape:
    return {
        "address": one.address,
        "name": one.name,
        "organisation": one.organisation,
        "role": one.role,
        "country": one.country,
        "interests": one.interests,
        "language": one.language,
        "format": one.format,
        "lists": list(one.lists),
    }


def lists(counts: Mapping[str, int], sizes: Mapping[str, Sequence[Size]]) -> list[Shape]:
    return [
        {"name": name, "subscribers": count, "editions": [_size(one) for one in sizes.get(name, ())]}
        for name, count in counts.items()
    ]


def _size(one: Size) -> Shape:
    return {"edition": one.edition, "date": one.on.isoformat(), "subscribers": one.subscribers}


def mail(one: Mail) -> Shape:
    """`address` is null for somebody who asked to be forgotten."""
    line = one.delivery
    shape = {"address": one.address, "fate": line.fate, "at": instant(line.at), "detail": line.detail}
    return shape | {"mend": one.mend or None}


def workspace(folder: Path) -> Shape:
    return {"workspace": str(folder.absolute())}


def demo(made: Demo) -> Shape:
    return workspace(made.workspace) | {
        "documents": made.documents,
        "editions": [edition(one) for one in made.editions],
    }
