"""Triage: the first pass over new documents, and the editor's word on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from curator.clean import plain_line, plain_text
from curator.digest.notice import lines_apart
from curator.errors import UsageError
from curator.models import Act, Counts, Decision, Filed, Review, Suggestions
from curator.query import EVERYTHING, Is, Query, parse
from curator.workflow import dates
from curator.workflow.workspace import Workspace

Record = Mapping[str, object]
_DAYS = {"d": 1, "w": 7}
VERBS: dict[Decision, str] = {"kept": "keep", "dropped": "drop", "later": "later", "inbox": "reopen"}


class Tagging(msgspec.Struct, frozen=True):
    """What an editor says about documents: what is added, what is taken away, what is set. None leaves it alone;
    section '' takes the editor's word back, so that the feed's default stands again; a date '' takes that date away."""

    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    no_countries: tuple[str, ...] = ()
    no_themes: tuple[str, ...] = ()
    no_audiences: tuple[str, ...] = ()
    section: str | None = None
    blurb: str | None = None
    starts: str | None = None
    ends: str | None = None
    deadline: str | None = None


# ---------------------------------------------------------------- reading


def query(workspace: Workspace, text: str) -> Query:
    """The query of `text`, its names checked. Raises UsageError with the place."""
    if not text.strip():
        return EVERYTHING
    from curator.workflow.vocabulary import names

    return parse(text, workspace.taxonomy, names(workspace))


def find(workspace: Workspace, text: str = "", *, limit: int = 50) -> list[Filed]:
    """The documents of a query, newest first; `limit` 0 is all."""
    return workspace.library.documents.find(query(workspace, text), limit=limit)


def show(workspace: Workspace, document: int) -> Filed:
    """One document with its text. Raises UsageError when there is none of that number."""
    return workspace.library.documents.get(document)


def count(workspace: Workspace, text: str = "") -> int:
    """How many documents a query has."""
    return workspace.library.documents.count(query(workspace, text))


def counts(workspace: Workspace, decision: Decision = "inbox") -> Counts:
    return workspace.library.documents.counts(decision)


def publisher_labels(workspace: Workspace) -> Callable[[Filed], str]:
    """Who issued a document, in words: the organisation, else the name of the feed that says who."""
    from curator.digest.outline import publisher_names  # with all that editions need

    names = publisher_names(workspace.config.feeds)

    def label(filed: Filed) -> str:
        slug = filed.document.publisher or filed.document.feed
        known = workspace.taxonomy.organisation(slug)
        return known.label if known else names.get(slug, slug)

    return label


def suggestions(workspace: Workspace, filed: Filed) -> Suggestions:
    """What curator would tag, with reasons, worked out afresh from the taxonomy as it is now."""
    from curator.suggest import suggest  # not before there is something to suggest

    return suggest(filed.document, workspace.taxonomy, workspace.config.network.countries)


# ---------------------------------------------------------------- deciding


def decide(workspace: Workspace, documents: Iterable[Filed], decision: Decision, *, until: date | None = None) -> int:
    """keep, drop, later, reopen: one act; answers how many changed. `until` is the day a `later` comes back."""

    def change(filed: Filed, review: Review) -> Review:
        return replace(review, decision=decision, later_until=until if decision == "later" else None)

    return _act(workspace, documents, change, VERBS[decision])


def coming_day(workspace: Workspace, text: str) -> date | None:
    """The day on which a `later` comes back: `3d`, `2w`, `2026-12-01`; None for ''. Raises UsageError for what is no
    day, or is none to come where the network is."""
    word = text.strip().lower()
    if not word:
        return None
    today, count, unit = workspace.today(), word[:-1], word[-1:]
    try:
        if count.isdecimal() and unit in _DAYS:
            day = today + timedelta(days=int(count) * _DAYS[unit])
        else:
            day = date.fromisoformat(word)
    except (ValueError, OverflowError):
        raise UsageError(f"“{plain_line(text, 40)}” is no day. Write it as 2026-10-01, 3d or 2w.") from None
    if day <= today:
        raise UsageError(f"{day.isoformat()} is not to come; today is {today.isoformat()}. Name a later day.")
    return day


def tag(workspace: Workspace, documents: Iterable[Filed], tagging: Tagging) -> int:
    """Add, remove and set as one act. Raises UsageError for a name the taxonomy does not know."""
    checked = _checked(workspace, tagging)

    def change(filed: Filed, review: Review) -> Review:
        return _tagged(filed, review, checked)

    only_blurb = replace(checked, blurb=None) == Tagging() and checked.blurb is not None
    return _act(workspace, documents, change, "blurb" if only_blurb else "tag")


def accept(workspace: Workspace, documents: Iterable[Filed]) -> int:
    """Take over the suggestions where the editor has said nothing yet."""

    def change(filed: Filed, review: Review) -> Review:
        return _accepted(review, suggestions(workspace, filed))

    return _act(workspace, documents, change, "accept")


def undo(workspace: Workspace) -> Act | None:
    """Take the last editorial act back; None when there is nothing left."""
    return workspace.library.journal.undo(workspace.editor, workspace.now())


def redo(workspace: Workspace) -> Act | None:
    """Do again what was undone last; None when there is nothing to redo."""
    return workspace.library.journal.redo(workspace.editor, workspace.now())


def history(workspace: Workspace, name: str) -> list[tuple[Act, Record | None, Record]]:
    """Every act on a document (its number) or an edition (its id), oldest first, with what it was before and after.

    Raises UsageError when there is neither."""
    if name.isascii() and name.isdigit():
        number = show(workspace, int(name)).id
        return workspace.library.journal.history(f"document:{number}", f"family:{number}")
    return workspace.library.journal.history(f"edition:{workspace.library.editions.get(name).id}")


def bring_back(workspace: Workspace) -> int:
    """Documents whose `later` day has come return to the inbox; answers how many."""
    today = workspace.today()
    due = [
        filed
        for filed in workspace.library.documents.find(Is("decision", "later"))
        if filed.review.later_until and filed.review.later_until <= today
    ]
    return decide(workspace, due, "inbox") if due else 0


def _act(workspace: Workspace, documents: Iterable[Filed], change: Callable[[Filed, Review], Review], verb: str) -> int:
    return workspace.library.review(documents, change, verb=verb, by=workspace.editor, at=workspace.now())


# ---------------------------------------------------------------- the pure part


def dates_of_one_line(workspace: Workspace, text: str) -> Tagging:
    """The dates of one line: `starts 2026-12-03 15:00 America/Vancouver; deadline 2026-11-30`. Raises UsageError."""
    said = dates.of_one_line(workspace, text)
    return Tagging(starts=said["starts"], ends=said["ends"], deadline=said["deadline"])


def _checked(workspace: Workspace, tagging: Tagging) -> Tagging:
    """The same words as the taxonomy spells them."""
    known = workspace.taxonomy
    return Tagging(
        countries=tuple(known.country(code).code for code in tagging.countries),
        no_countries=tuple(known.country(code).code for code in tagging.no_countries),
        themes=tuple(known.theme(slug).slug for slug in tagging.themes),
        no_themes=tagging.no_themes,
        audiences=tuple(known.audience(slug).slug for slug in tagging.audiences),
        no_audiences=tagging.no_audiences,
        section=known.section(tagging.section).slug if tagging.section else tagging.section,
        blurb=plain_text(lines_apart(tagging.blurb)) if tagging.blurb is not None else None,
        starts=dates.checked(workspace, tagging.starts),
        ends=dates.checked(workspace, tagging.ends),
        deadline=dates.checked(workspace, tagging.deadline),
    )


def _tagged(filed: Filed, review: Review, tagging: Tagging) -> Review:
    countries = review.countries
    if tagging.countries or tagging.no_countries:
        countries = _with(filed.countries, tagging.countries, tagging.no_countries)
    said = {name: getattr(tagging, name) for name in dates.NAMES}
    return replace(
        dates.dated(review, said),
        countries=countries,
        themes=_with(review.themes, tagging.themes, tagging.no_themes),
        audiences=_with(review.audiences, tagging.audiences, tagging.no_audiences),
        section=review.section if tagging.section is None else tagging.section or None,
        blurb=review.blurb if tagging.blurb is None else tagging.blurb,
    )


def _with(values: tuple[str, ...], added: tuple[str, ...], removed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys((*values, *added)) if value not in removed)


def _accepted(review: Review, suggested: Suggestions) -> Review:
    countries = review.countries
    if countries is None and suggested.countries:
        countries = tuple(one.code for one in suggested.countries)
    return replace(
        review,
        countries=countries,
        themes=review.themes or tuple(one.code for one in suggested.themes),
        section=review.section or (suggested.section.code if suggested.section else None),
    )
