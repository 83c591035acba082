"""What a look at the library finds, worked out by the clerk: the ids of the list and the counts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace
from textual.message import Message

from curator.clean import plain_line
from curator.completion import Vocabulary
from curator.desk.widgets.sidebar import Saved, Tally
from curator.errors import ConfigError, CuratorError, Interrupted, UsageError
from curator.models import Counts, Decision, Family, FeedState, Filed, Suggestions
from curator.query import All, AsOf, Is, Not, Query, begun, parse
from curator.workflow import families, triage
from curator.workflow.chosen import as_of
from curator.workflow.desk_file import searches
from curator.workflow.workspace import Workspace

GLANCE = 200
"""Documents at the beginning of a list that are shown before all are known."""
LONG_GLANCE = 2_000
"""The same where the cursor belongs further down: some milliseconds."""
SCREENFUL = 60
"""Of these, so many are read along, and so many do where words are searched for and more would take longer."""


class Asked(msgspec.Struct, frozen=True):
    """What the list is to show. `queue` '' is all; `within` is the query of the saved search named `saved`; `go_to`
    the document the cursor belongs on; `only_counts` where the list itself is known to be right; `elsewhere` where
    somebody else has changed it; `top` the first row that is seen; `then` as of when all of it is selected, where it
    is."""

    queue: str = "inbox"
    country: str = ""
    text: str = ""
    theme: str = ""
    feed: str = ""
    saved: str = ""
    within: str = ""
    go_to: int | None = None
    only_counts: bool = False
    elsewhere: bool = False
    then: AsOf | None = None
    top: int = 0
    stamp: int = 0

    @property
    def what(self) -> tuple[str, ...]:
        """What decides which documents are shown."""
        return self.queue, self.country, self.theme, self.feed, self.within, self.text

    def narrows(self, other: Asked) -> bool:
        """Whether it shows nothing that the other does not show."""
        fixed = (self.queue, self.within) == (other.queue, other.within)
        return fixed and all(wider in ("", mine) for mine, wider in zip(self.what, other.what, strict=True))


@dataclass
class Glanced(Message):
    """The beginning of a list, to be read while the rest is counted."""

    asked: Asked
    """As it is meant: the last word may have become the beginning of words."""
    ids: list[int]
    first: Sequence[Filed]
    """What fills a screen, read already."""
    further: bool
    """Whether the cursor belongs further down, or the beginning could not be read."""
    at: AsOf
    """How far the library had come."""


@dataclass
class Surveyed(Message):
    """What there is, of the moment `asked.stamp`; no `ids` where only counts were asked for."""

    asked: Asked
    ids: MutableSequence[int] | None
    tally: Tally
    coming: str
    status: str
    ill: int
    feeds: int
    """How many feeds.toml names, as it is now."""
    at: AsOf
    """How far the library had come."""
    late: Sequence[int] = ()
    """Those of `ids` that do not stand as `asked.then` says."""


@dataclass
class Told(Message):
    """One document with its text, and what curator would say about it."""

    filed: Filed
    suggested: Suggestions
    family: Family
    hints: Mapping[int, bool]
    """Whether themes are suggested for others that are seen, as far as their titles and excerpts say."""


@dataclass
class Worded(Message):
    """What the fields of a query can be."""

    vocabulary: Vocabulary


@dataclass
class Acted(Message):
    """An editorial act is written; `said` is for the corner, '' for nothing. `go_to` as in `Asked`. `many`: it was
    about more than `documents` names, so that everything is read anew."""

    documents: tuple[int, ...]
    said: str = ""
    go_to: int | None = None
    many: bool = False


@dataclass
class TakenBack(Acted):
    """The editor's last act was taken back, or done again; the cursor goes where it was done."""


def query_of(workspace: Workspace, asked: Asked) -> Query:
    """The query of the list. Raises UsageError for a search that means nothing."""
    words = (triage.query(workspace, one) for one in (asked.within, asked.text) if one.strip())
    return All((*_shown_of(asked), *words))


def sought_of(workspace: Workspace, asked: Asked) -> Query:
    """The same with names as they were typed: enough to know which words are searched for, and no library is read.
    Raises UsageError likewise."""
    words = (parse(one, workspace.taxonomy) for one in (asked.within, asked.text) if one.strip())
    return All((*_shown_of(asked), *words))


def fault_of(workspace: Workspace, asked: Asked) -> str:
    """What is wrong with the search, in a sentence; '' where nothing is."""
    try:
        query_of(workspace, asked)
    except UsageError as error:
        return error.message
    return ""


def _shown_of(asked: Asked) -> list[Query]:
    parts: list[Query] = []
    if asked.queue:
        parts.append(Is("decision", asked.queue))
    fields = (("country", asked.country), ("theme", asked.theme), ("feed", asked.feed))
    parts += [Is(name, value) for name, value in fields if value]
    return parts


def glance(workspace: Workspace, asked: Asked) -> Glanced:
    """What fills some screens costs the same whatever the library holds. A failure is left to the survey to tell."""
    try:
        documents, at = workspace.library.documents, as_of(workspace)
        asked, ids = _beginning(workspace, asked)
        query = query_of(workspace, asked)
        further = asked.go_to not in (None, *ids) and _reaches(workspace, asked)
        if further and not asked.text:
            ids = documents.numbers(query, limit=LONG_GLANCE)
        first = documents.pick(ids[_top(asked, ids) :][:SCREENFUL], texts=False)
        return Glanced(asked, ids, first, further and asked.go_to not in ids, at)
    except Interrupted:
        raise
    except CuratorError:
        return Glanced(asked, [], (), True, AsOf(0, 0, workspace.editor))


def _beginning(workspace: Workspace, asked: Asked) -> tuple[Asked, list[int]]:
    """What is asked for and how it begins. Where nothing has the word that is being typed, but something begins so,
    that is what is asked for."""
    ids = workspace.library.documents.numbers(query_of(workspace, asked), limit=GLANCE, enough=SCREENFUL)
    if ids or not (text := begun(asked.text)):
        return asked, ids
    wider, found = _beginning(workspace, replace(asked, text=text))
    return (wider, found) if found else (asked, ids)


def _top(asked: Asked, ids: Sequence[int]) -> int:
    """Where what will be seen of `ids` begins, about."""
    top = min(asked.top, len(ids) - SCREENFUL)
    if asked.go_to in ids:
        place = ids.index(asked.go_to)
        top = min(max(top, place - SCREENFUL + 4), place - 4)
    return max(top, 0)


def _reaches(workspace: Workspace, asked: Asked) -> bool:
    """Whether the document that the cursor belongs on is in the list at all; where words are searched for, that takes
    as long as the search, and it is taken to be there."""
    here = All((query_of(workspace, asked), Is("id", str(asked.go_to))))
    return bool(asked.text or asked.within or workspace.library.documents.numbers(here, limit=1))


def survey(workspace: Workspace, asked: Asked) -> Surveyed:
    """Look at the library once."""
    queue: Decision = "inbox"
    match asked.queue:
        case "later" | "kept" | "dropped":
            queue = asked.queue
    at = as_of(workspace)  # before the ids are: what comes in between is shown, and is not among all that was shown
    ids = None if asked.only_counts else workspace.library.documents.packed(query_of(workspace, asked))
    counted = triage.counts(workspace, queue)
    tally = Tally(
        counts=counted,
        queue=asked.queue,
        members=workspace.config.network.countries,
        country=asked.country,
        theme=asked.theme,
        feed=asked.feed,
        here=asked.saved,
        saved=_saved(workspace),
        names={feed.slug: feed.name for feed in workspace.config.feeds}
        | {one.slug: one.label for one in workspace.taxonomy.themes.values()},
        organisations=_by_organisations(workspace, counted),
    )
    states = workspace.library.feeds.states()
    status, ill = _status(workspace, states.values())
    late = _late(workspace, asked)
    return Surveyed(asked, ids, tally, _coming(workspace), status, ill, len(states), at, late)


def _late(workspace: Workspace, asked: Asked) -> Sequence[int]:
    """What the list has now and had not, as it stands, when all of it was selected."""
    if asked.then is None or asked.only_counts:
        return ()
    return workspace.library.documents.numbers(All((query_of(workspace, asked), Not(asked.then))))


def _saved(workspace: Workspace) -> tuple[Saved, ...]:
    return tuple(Saved(one.name, triage.count(workspace, one.query)) for one in searches(workspace))


def _coming(workspace: Workspace) -> str:
    """The next edition in a few words: `Update 232 due 1 Dec, draft`; '' where none is scheduled."""
    from curator.workflow.coming import coming  # with all that drafting needs; the list is painted by then

    try:
        faulty = ", ".join(workspace.faulty_digests)
    except ConfigError:
        return "the templates cannot be read ▲"
    if faulty:
        return f"{plain_line(faulty, 30)}: a fault in digest.toml ▲"
    found = coming(workspace)
    if found is None:
        return ""
    name = found.digest.name.removeprefix(workspace.config.network.short).strip()
    past = "was due" if found.date < workspace.today() else "due"
    return f"{name} {found.number} {past} {found.date.day} {found.date:%b}, {found.status or 'not drafted'}"


def _by_organisations(workspace: Workspace, counted: Counts) -> int:
    """What the feeds of international organisations brought."""
    known = workspace.taxonomy.organisations
    return sum(counted.feeds.get(feed.slug, 0) for feed in workspace.config.feeds if feed.publisher in known)


def _status(workspace: Workspace, states: Iterable[FeedState]) -> tuple[str, int]:
    """When was pulled last, and how many feeds are ill."""
    states = tuple(states)
    pulled = [state.last_pulled_at for state in states if state.last_pulled_at]
    ill = sum(1 for state in states if state.error)
    if not pulled:
        return "never pulled", ill
    at = max(pulled).astimezone(workspace.config.network.zone)
    day = "" if at.date() == workspace.today() else f"{at.day} {at:%b} "
    feeds = f", {ill} {'feed' if ill == 1 else 'feeds'} ill ▲" if ill else ""
    return f"pulled {day}{at:%H:%M}{feeds}", ill


def tell(workspace: Workspace, number: int, seen: Iterable[Filed] = ()) -> Told:
    """Everything about one document, and a little about those `seen` beside it."""
    filed = triage.show(workspace, number)
    hints = {one.id: bool(triage.suggestions(workspace, one).themes) for one in seen}
    return Told(filed, triage.suggestions(workspace, filed), families.family(workspace, number), hints)


def subjects(names: Sequence[str]) -> tuple[int, ...]:
    """The documents among the subjects of an act (`document:12`, `family:12`)."""
    about = (name.partition(":") for name in names)
    return tuple(dict.fromkeys(int(number) for kind, _, number in about if kind in ("document", "family")))
