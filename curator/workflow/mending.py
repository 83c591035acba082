"""Mending: what the lint would write instead, put in its place. Undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from curator.clean import plain_text
from curator.digest import edition as arranging
from curator.errors import UsageError
from curator.models import COMPARED, Comparison, Edition, Filed, Finding, OwnWords, Review, Spot
from curator.workflow.drafting import edit
from curator.workflow.hand import own_words
from curator.workflow.passages import blurb_of, compared_field, title_of
from curator.workflow.rendering import filed_of
from curator.workflow.workspace import Workspace

_CHANGED = "These words have been changed since they were checked; check the edition again."


def mend(workspace: Workspace, name: str, findings: Sequence[Finding]) -> int:
    """Write what each finding proposes; answers how many places were mended.

    A blurb that the editor wrote for the document changes there, for every edition; any other word changes in this
    edition alone. Raises UsageError where one of them proposes nothing, or the words have changed meanwhile; SealError
    where the edition is no draft."""
    spots = [one.spot for one in findings if one.spot and one.spot.mend is not None]
    if without := next((one for one in findings if not one.spot or one.spot.mend is None), None):
        raise UsageError(f"“{without.message}” can only be mended by hand ({without.where}).")
    with workspace.library.write():
        edition = workspace.library.editions.draft(name)
        filed = filed_of(workspace, edition)
        reviewed = [one for one in spots if _is_review(one, edition, filed)]
        here = [one for one in spots if one not in reviewed]
        if here:
            edit(workspace, name, "mend", lambda now: _mended(now, filed, here))
        if reviewed:
            _mend_reviews(workspace, filed, reviewed)
    return len(spots)


def _is_review(spot: Spot, edition: Edition, filed: Mapping[int, Filed]) -> bool:
    """Whether the words are the document's blurb, by the editor, which this edition does not word otherwise."""
    each = filed.get(spot.document) if spot.document is not None else None
    return (
        spot.field == "blurb"
        and each is not None
        and bool(each.blurb.strip())
        and not own_words(edition, each.id).blurb
    )


def _mend_reviews(workspace: Workspace, filed: Mapping[int, Filed], spots: Sequence[Spot]) -> None:
    by_document = _by(spots)

    def change(each: Filed, review: Review) -> Review:
        return replace(review, blurb=_written(plain_text(review.blurb), by_document[each.id, "blurb"]))

    chosen = [filed[document] for document, _ in by_document if document is not None]
    workspace.library.review(chosen, change, verb="mend", by=workspace.editor, at=workspace.now())


def _mended(edition: Edition, filed: Mapping[int, Filed], spots: Sequence[Spot]) -> Edition:
    for (document, field), group in _by(spots).items():
        if document is None:
            edition = _headed(edition, field, group)
        elif document in filed:
            edition = arranging.word(edition, _worded(filed[document], own_words(edition, document), field, group))
        else:
            raise UsageError(_CHANGED)
    return edition


def _headed(edition: Edition, field: str, spots: Sequence[Spot]) -> Edition:
    """With mends in what is no document's: the introduction, the key messages, how a country stands."""
    if field == "introduction":
        return replace(edition, introduction=_written(edition.introduction, spots))
    if field == "key_messages":
        return replace(edition, key_messages=_written(edition.key_messages, spots))
    if field not in {compared_field(one.country, name) for one in edition.comparisons for name in COMPARED}:
        raise UsageError(_CHANGED)
    return replace(edition, comparisons=tuple(_compared(one, field, spots) for one in edition.comparisons))


def _compared(said: Comparison, field: str, spots: Sequence[Spot]) -> Comparison:
    for name, text in said.by_field.items():
        if compared_field(said.country, name) == field:
            return replace(said, **{name: _written(text, spots)})
    return said


def _worded(filed: Filed, own: OwnWords, field: str, spots: Sequence[Spot]) -> OwnWords:
    if field == "title":
        return replace(own, title=_written(title_of(filed, own), spots))
    return replace(own, blurb=_written(blurb_of(filed, own), spots))


def _by(spots: Sequence[Spot]) -> dict[tuple[int | None, str], list[Spot]]:
    ordered = sorted(spots, key=lambda one: (one.document or 0, one.field))
    return {key: list(group) for key, group in groupby(ordered, key=lambda one: (one.document, one.field))}


def _written(text: str, spots: Sequence[Spot]) -> str:
    """The text with each mend in its place, the last first, so that the others stay where they are."""
    for spot in sorted(spots, key=lambda one: one.start, reverse=True):
        end = spot.start + len(spot.quoted)
        if text[spot.start : end] != spot.quoted:
            raise UsageError(_CHANGED)
        text = text[: spot.start] + (spot.mend or "") + text[end:]
    return text.strip()
