"""What differs between two editions, or between an edition as it was sealed and as it would be now.

two editions ─view→ View, View ─compare→ Difference      compare is pure
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import msgspec

from curator.digest.forms.contents import Contents, Listed
from curator.errors import UsageError
from curator.models import Edition, Rendered
from curator.workflow.contents import contents, sealed_contents
from curator.workflow.rendering import render
from curator.workflow.revisions import compared
from curator.workflow.workspace import Workspace

_WORDS = ("title", "original", "link", "line", "blurb", "source")
"""What of a document readers see."""
_HEADERS = ("From", "Reply-To", "List-Id", "List-Unsubscribe")


class Seat(msgspec.Struct, frozen=True):
    """Where a document stands: labels of section and group, `""` for no heading."""

    document: Listed
    section: str
    group: str


class View(msgspec.Struct, frozen=True):
    """An edition as somebody would read it: `state` is `sent`, `sealed`, or `now` for what its templates give now."""

    edition: Edition
    state: str
    mail: Rendered
    contents: Contents
    addresses: tuple[str, ...]

    @property
    def seats(self) -> dict[int, Seat]:
        """By document, in reading order."""
        return {
            each.document: Seat(each, section.label, group.label)
            for section in self.contents.sections
            for group in section.groups
            for each in group.documents
        }

    @property
    def parts(self) -> dict[str, str]:
        """What is said around the documents, by name."""
        headers = {name: self.mail.headers.get(name, "") for name in _HEADERS}
        return {
            "subject": self.mail.subject,
            "preheader": self.mail.preheader,
            "introduction": self.edition.introduction,
            "key messages": self.edition.key_messages,
            **self._compared,
            "mailing list": self.mail.mailing_list,
            **headers,
        }

    @property
    def _compared(self) -> dict[str, str]:
        """How countries stand, field by field."""
        said = self.edition.comparisons
        return {f"{field} of {one.country}": text for one in said for field, text in one.by_field.items()}


class Reworded(msgspec.Struct, frozen=True):
    """A text that differs; `document` is None for what is said around the documents. `changes` marks words that went
    `[-so-]` and words that came `{+so+}`."""

    part: str
    was: str
    became: str
    document: Listed | None = None

    @property
    def changes(self) -> str:
        return compared(self.was, self.became)


class Moved(msgspec.Struct, frozen=True):
    """A document that stands elsewhere: under another heading, or under the same in another order."""

    was: Seat
    became: Seat

    @property
    def headings(self) -> bool:
        """Whether it stands under another heading."""
        return (self.was.section, self.was.group) != (self.became.section, self.became.group)


class Difference(msgspec.Struct, frozen=True):
    """`joined` and `left` count addresses of the mailing list; `otherwise` says that HTML or text differ and nothing of
    all this explains it: a template changed."""

    old: View
    new: View
    added: tuple[Seat, ...]
    removed: tuple[Seat, ...]
    moved: tuple[Moved, ...]
    reworded: tuple[Reworded, ...]
    joined: int
    left: int

    @property
    def told(self) -> bool:
        return bool(self.added or self.removed or self.moved or self.reworded or self.joined or self.left)

    @property
    def otherwise(self) -> bool:
        same = (self.old.mail.html, self.old.mail.text) == (self.new.mail.html, self.new.mail.text)
        return not self.told and not same


def difference(workspace: Workspace, name: str, other: str | None = None) -> Difference:
    """From the edition to the other; without one, from the edition as it was sealed to what it would be now.

    Raises UsageError for an unknown edition, and for one that has no seal where no other is named; TemplateFault."""
    edition = workspace.library.editions.get(name)
    if other is not None:
        return compare(_view(workspace, edition), _view(workspace, workspace.library.editions.get(other)))
    if edition.seal is None:
        raise UsageError(f"{name} is not sealed, so nothing can have changed since. Name a second edition.")
    return compare(_view(workspace, edition), _now(workspace, edition))


def _view(workspace: Workspace, edition: Edition) -> View:
    frozen = workspace.library.editions.frozen(edition.id) if edition.seal else None
    if frozen is None:
        return _now(workspace, edition)
    kept = sealed_contents(workspace, edition.id) or contents(workspace, edition, frozen[0])
    return View(edition, edition.status, frozen[0], kept, frozen[1])


def _now(workspace: Workspace, edition: Edition) -> View:
    mail = render(workspace, edition)
    addresses = tuple(workspace.library.people.addresses(mail.mailing_list))
    return View(edition, "now", mail, contents(workspace, edition, mail), addresses)


def compare(old: View, new: View) -> Difference:
    """All that differs, in reading order."""
    before, after = old.seats, new.seats
    return Difference(
        old,
        new,
        added=tuple(seat for document, seat in after.items() if document not in before),
        removed=tuple(seat for document, seat in before.items() if document not in after),
        moved=tuple(_moved(before, after)),
        reworded=(*_said_around(old, new), *_reworded(before, after)),
        joined=len(set(new.addresses) - set(old.addresses)),
        left=len(set(old.addresses) - set(new.addresses)),
    )


def _moved(before: Mapping[int, Seat], after: Mapping[int, Seat]) -> Iterator[Moved]:
    """Those under another heading, and the fewest others that explain the new order."""
    both = [Moved(before[document], seat) for document, seat in after.items() if document in before]
    stayed = {each.became.document.document for each in both if not each.headings}
    kept = _in_order([d for d in before if d in stayed], [d for d in after if d in stayed])
    yield from (each for each in both if each.headings or each.became.document.document not in kept)


def _in_order(old: Sequence[int], new: Sequence[int]) -> set[int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {document for block in blocks for document in old[block.a : block.a + block.size]}


def _said_around(old: View, new: View) -> Iterator[Reworded]:
    was, became = old.parts, new.parts
    both = ((part, was.get(part, ""), became.get(part, "")) for part in {**was, **became})
    yield from (Reworded(*each) for each in both if each[1] != each[2])


def _reworded(before: Mapping[int, Seat], after: Mapping[int, Seat]) -> Iterator[Reworded]:
    for document, seat in after.items():
        was = before.get(document)
        for part in _WORDS if was else ():
            assert was
            said, says = getattr(was.document, part), getattr(seat.document, part)
            if said != says:
                yield Reworded(part, said, says, seat.document)
