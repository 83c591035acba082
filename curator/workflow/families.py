"""Families: one document that came by several ways. A pull folds what is certain and proposes the rest; the editor
joins, splits and chooses who leads.

    Stored ─keys→ who shares one ─kinship→ Verdict ┬─ certain: folded, silently
                                                   └─ else: proposed to the editor
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from curator.errors import UsageError
from curator.library import Library
from curator.library.families import SHARED
from curator.models import Edition, Family, Feed, Filed, Kin, Match, NewDocument, Stored, Tie
from curator.workflow.workspace import Workspace

# ---------------------------------------------------------------- as documents come in


def take_in(library: Library, feed: Feed, incoming: Sequence[NewDocument], at: datetime) -> tuple[list[Match], Stored]:
    """Match, store and fold the documents of one feed, all or nothing."""
    from curator.pull.match import match

    with library.write():
        matches = match(incoming, library.documents.known(feed.slug, incoming))
        stored = library.documents.store(feed.slug, matches, at)
        if stored.new or stored.changed:
            _recognise(library, feed, matches, stored)
    return matches, stored


def _recognise(library: Library, feed: Feed, matches: Sequence[Match], stored: Stored) -> None:
    """Look for the kin of what is new or says something else now."""
    from curator.pull.kinship import keys_of

    came = _came(matches, stored)
    keys = {number: keys_of(said, said.text or said.excerpt) for number, said in came.items()}
    shared = leave_keys(library, keys)
    for one, other in _translations(library, came):
        shared.setdefault(one, set()).add(other)
    if not shared:
        return
    there = {one for others in shared.values() for one in others}
    known = library.families.kin(there - came.keys())
    known |= {number: _kin(number, feed, came[number]) for number in came.keys() & (there | shared.keys())}
    ties = _ties(shared, known, library.families.judged(shared))
    if ties:
        library.families.tie(ties)
        _fold(library, ties, frozenset(stored.new))


def _translations(library: Library, came: Mapping[int, NewDocument]) -> set[tuple[int, int]]:
    """Each that came and names another as itself in another language, or is named so by it."""
    names = [(address, number, code) for number, said in came.items() for code, address in said.translations]
    pairs: set[tuple[int, int]] = set()
    if names:
        library.families.name(names)
        at: dict[str, list[int]] = {}
        for address, other in library.families.standing_at({address for address, *_ in names}):
            at.setdefault(address, []).append(other)
        pairs |= {(number, other) for address, number, _ in names for other in at.get(address, ())}
    own = {said.canonical_url: number for number, said in came.items() if said.canonical_url}
    pairs |= {(own[address], other) for address, other in library.families.naming(own)}
    return {(one, other) for one, other in pairs if one != other}


def _came(matches: Sequence[Match], stored: Stored) -> dict[int, NewDocument]:
    new = [match.incoming for match in matches if match.kind == "new"]
    changed = [(match.document, match.incoming) for match in matches if match.kind == "changed"]
    pairs = [*zip(stored.new, reversed(new), strict=True), *changed]
    return {number: said for number, said in pairs if number is not None}


def _kin(number: int, feed: Feed, said: NewDocument) -> Kin:
    return Kin(
        id=number,
        feed=feed.slug,
        publisher=said.publisher or feed.publisher,
        country=feed.country,
        guid=said.guid,
        link=said.link,
        canonical_url=said.canonical_url,
        title=said.title,
        published_at=said.published_at,
        language=said.language,
        words=said.text or said.excerpt,
        translations=said.translations,
    )


Keys = tuple[list[int], list[int]]
"""As `pull.kinship.keys_of` answers them."""


def leave_keys(library: Library, keys: Mapping[int, Keys]) -> dict[int, set[int]]:
    """Remember the keys of documents; answers who shares one with each, in the library or among these."""
    holders = library.families.sharing({key for pair in keys.values() for some in pair for key in some})
    shared: dict[int, set[int]] = {}
    fresh: list[tuple[int, int]] = []
    for number, (own, besides) in keys.items():
        for key in besides:
            if key in holders:
                _meet(shared, number, holders[key])
        for key in own:
            held = holders.get(key)
            if held is None:
                holders[key] = [number]
                fresh.append((key, number))
            elif _meet(shared, number, held):
                held.append(number)
                fresh.append((key, number))
    library.families.remember(fresh)
    return shared


def _meet(shared: dict[int, set[int]], number: int, held: Sequence[int]) -> bool:
    """Note who holds a key beside `number`; answers whether it is to hold the key as well."""
    if len(held) >= SHARED:
        return False
    if others := set(held) - {number}:
        shared.setdefault(number, set()).update(others)
    return number not in held


def _ties(shared: dict[int, set[int]], known: dict[int, Kin], apart: set[tuple[int, int]]) -> list[Tie]:
    from curator.pull.kinship import kinship

    pairs = {(min(one, other), max(one, other)) for one, others in shared.items() for other in others}
    found = []
    for one, other in sorted(pairs - apart):
        if verdict := kinship(known[one], known[other]):
            found.append(Tie(one, other, verdict.certain, verdict.reason))
    return found


def _fold(library: Library, ties: Sequence[Tie], new: frozenset[int]) -> None:
    """Fold each new document to the family of the oldest it certainly is. A document that was there before is never
    folded by a pull: its ties wait for the editor."""
    families = library.families
    for tie in ties:
        leads = families.leads([tie.one, tie.other])
        if tie.certain and tie.other in new and leads[tie.other] == tie.other and leads[tie.one] != tie.other:
            families.fold(tie.other, leads[tie.one])


# ---------------------------------------------------------------- looking


def family(workspace: Workspace, document: int) -> Family:
    """The family of a document, with what waits for the editor. Raises UsageError when there is no such document."""
    families, documents = workspace.library.families, workspace.library.documents
    lead = families.leads([documents.get(document).id])[document]
    members = families.members(lead)
    inside = set(members)
    ties = families.ties(members)
    proposed = [tie for tie in ties if not {tie.one, tie.other} <= inside]
    strangers = {tie.one if tie.other in inside else tie.other for tie in proposed}
    return Family(
        members=tuple(documents.pick(members, texts=False)),
        ties=tuple(tie for tie in ties if {tie.one, tie.other} <= inside),
        proposed=tuple(proposed),
        strangers=tuple(documents.pick(sorted(strangers), texts=False)),
    )


def proposals(workspace: Workspace, *, limit: int = 0) -> list[tuple[Tie, Filed, Filed]]:
    """What waits for the editor, newest first: the tie, the older document and the newer; `limit` 0 is all."""
    ties = workspace.library.families.proposed(limit)
    picked = workspace.library.documents.pick((one for tie in ties for one in (tie.one, tie.other)), texts=False)
    known = {filed.id: filed for filed in picked}
    return [(tie, known[tie.one], known[tie.other]) for tie in ties]


def alone_in(workspace: Workspace, edition: Edition, document: int) -> int:
    """The document. Raises UsageError when another one of its family stands in the edition."""
    filed = workspace.library.documents.get(document)
    if there := sorted({seat.document for seat in edition.placements} & set(filed.document.family)):
        raise UsageError(
            f"Document {there[0]} of the same family is in {edition.id} already. Leave it out first, or "
            f"`curator split {document}` from it."
        )
    return filed.id


# ---------------------------------------------------------------- the editor's hand


def join(workspace: Workspace, documents: Sequence[int]) -> Family:
    """Make one family of the documents and their families; the first one's lead leads. Raises UsageError for fewer
    than two documents, or unknown ones."""
    named = _named(workspace, documents)
    if len(named) < 2:
        raise UsageError("Name at least two documents to join; the first one leads.")
    families = workspace.library.families
    with workspace.library.write():
        leads = list(dict.fromkeys(families.leads(named).values()))
        everyone = [one for lead in leads for one in families.members(lead)]

        def change() -> None:
            for one, other in families.judged(everyone):
                if {one, other} <= set(everyone):
                    families.let_together(one, other)
            for lead in leads[1:]:
                families.fold(lead, leads[0])

        _act(workspace, everyone, change, "join")
    return family(workspace, leads[0])


def split(workspace: Workspace, document: int) -> Family:
    """Take a document out of its family; no pull puts it back. Where it led, the oldest of the rest leads. Raises
    UsageError when it stands alone."""
    families = workspace.library.families
    with workspace.library.write():
        lead, *others = _members(workspace, document)
        rest = [one for one in (lead, *others) if one != document]

        def change() -> None:
            _set_lead(workspace, rest[0] if document == lead else lead, (lead, *others))
            families.free(document)
            for one in rest:
                families.keep_apart(document, one)

        _act(workspace, [lead, *others], change, "split")
    return family(workspace, document)


def lead(workspace: Workspace, document: int) -> Family:
    """Let a document stand for its family in lists. Where nothing is said of it yet, what is said of the one that led
    is said of it too. Raises UsageError when it stands alone."""
    library = workspace.library
    with library.write():
        members = _members(workspace, document)

        def change() -> None:
            _set_lead(workspace, document, members)
            if library.families.touched([document, members[0]]) == {members[0]}:
                library.reviews.hand_on(members[0], document)

        _act(workspace, members, change, "lead")
    return family(workspace, document)


def accept(workspace: Workspace, one: int, other: int) -> Family:
    """Join the two of a proposal. The one that stands in an edition leads, else the one decided on, else the older."""
    _proposed(workspace, one, other)
    library = workspace.library
    leads = sorted(set(library.families.leads([one, other]).values()))
    kept = library.families.touched(leads)
    used = library.editions.placed(leads)
    return join(workspace, sorted(leads, key=lambda each: (each not in used, each not in kept, each)))


def refuse(workspace: Workspace, one: int, other: int) -> None:
    """The two of a proposal are two; it is not made again."""
    _proposed(workspace, one, other)
    families = workspace.library.families
    _act(workspace, [one, other], lambda: families.keep_apart(one, other), "refuse")


def _proposed(workspace: Workspace, one: int, other: int) -> None:
    """Raises UsageError where nothing is proposed of the two."""
    named, families = _named(workspace, [one, other]), workspace.library.families
    pair = (min(named), max(named))
    leads = families.leads(named)
    if len(set(leads.values())) < 2:
        raise UsageError(f"Documents {pair[0]} and {pair[1]} are of one family already.")
    if pair not in {(tie.one, tie.other) for tie in families.ties(named)}:
        raise UsageError(
            f"Nothing is proposed of documents {pair[0]} and {pair[1]}. `curator proposals` lists what is; "
            f"`curator join` joins any."
        )


def _members(workspace: Workspace, document: int) -> list[int]:
    """Its family, the lead first. Raises UsageError when it stands alone."""
    families = workspace.library.families
    (named,) = _named(workspace, [document])
    members = families.members(families.leads([named])[named])
    if len(members) < 2:
        raise UsageError(f"Document {document} stands alone; it has no family.")
    return members


def _named(workspace: Workspace, documents: Sequence[int]) -> list[int]:
    from curator.workflow.chosen import chosen, numbers_of  # a pull, which takes documents in, has no use for them

    return list(numbers_of(workspace, chosen(workspace, documents)))


def _set_lead(workspace: Workspace, lead: int, members: Sequence[int]) -> None:
    families = workspace.library.families
    families.free(lead)
    for one in members:
        if one != lead:
            families.fold(one, lead)


def _act(workspace: Workspace, documents: Iterable[int], change: Callable[[], None], verb: str) -> None:
    workspace.library.relate(documents, change, verb=verb, by=workspace.editor, at=workspace.now())
