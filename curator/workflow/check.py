"""check: what blocks an edition, what a proofreader would mark in it, and what is missing from it.

    edition ─digest.check→ errors · ─passages→ lint · ─balance→ notes

Only the first can block a seal. What the editor has accepted is not said again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from curator.clean import plain_line
from curator.digest.summary.values import Summary
from curator.errors import TemplateFault, UsageError
from curator.lint import Lint, Passage, names_of
from curator.lint.dictionaries import Dictionaries, package_of
from curator.lint.links import TRACKED
from curator.lint.quotations import quotes
from curator.models import Edition, Filed, Finding, Level, Rendered, Spot
from curator.pull.urls import untracked
from curator.workflow import edition as editions
from curator.workflow.balance import balance
from curator.workflow.known_words import known_words
from curator.workflow.links import link_findings
from curator.workflow.passages import ANNEX, annexed, passages_of
from curator.workflow.stood import stale
from curator.workflow.summaries import summaries
from curator.workflow.workspace import Workspace

_ORDER: dict[Level, int] = {"error": 0, "warning": 1, "note": 2}


class Checked(msgspec.Struct, frozen=True):
    """What a check found; `accepted` is what it found and the editor has said is right. `mail` is what it looked at,
    or the fault of its templates."""

    findings: list[Finding]
    accepted: list[Finding]
    mail: Rendered | TemplateFault


def look_over(workspace: Workspace, name: str, *, spell: bool = True) -> Checked:
    """Everything, errors first, then in reading order. Raises UsageError when there is no such edition."""
    edition = editions.in_reading_order(workspace, workspace.library.editions.get(name))
    filed = editions.filed_of(workspace, edition)
    looked = editions.look(workspace, name)
    found = [
        *looked.findings,
        *linted(workspace, edition, filed, spell=spell),
        *link_findings(workspace, edition, filed),
        *balance(workspace, edition, filed),
        *stale(workspace, edition),
    ]
    found.sort(key=lambda one: _ORDER[one.level])
    right = set(edition.accepted)
    return Checked(
        [one for one in found if one.id not in right or one.level == "error"],
        [one for one in found if one.id in right and one.level != "error"],
        looked.mail,
    )


def linted(workspace: Workspace, edition: Edition, filed: dict[int, Filed], *, spell: bool = True) -> list[Finding]:
    """What the lint finds in an edition's words and links."""
    language = workspace.digest(edition.digest).words.primary
    said = [*passages_of(edition, filed, language), *annexed(_annexes(workspace, edition), language)]
    passages = [one.in_its_language() for one in said]
    countries = {seat.group for seat in edition.placements if seat.group in workspace.taxonomy.countries}
    holds = dict.fromkeys(("documents", "resources"), len(edition.placements))
    holds |= {"countries": len(countries)} if countries else {}
    lint = replace(
        _lint(workspace, spell),
        on=edition.date,
        sources=_sources(workspace, passages),
        holds=holds,
    )
    found = [_by_hand(one) for one in lint.findings(passages)]
    tracked = (_tracked(each) for seat in edition.placements if (each := filed.get(seat.document)))
    return [*found, *(one for one in tracked if one), *_unread(workspace, passages, edition.id, spell)]


def _annexes(workspace: Workspace, edition: Edition) -> list[tuple[str, Summary]]:
    """The summaries on an edition's topic, with where they stand."""
    known = summaries(workspace) if edition.topic else []
    return [
        (f"{edition.id}, summaries/{one.path.name}", one.summary)
        for one in known
        if edition.topic in one.summary.themes
    ]


def _by_hand(finding: Finding) -> Finding:
    """A mend of what stands in a summary's file is the editor's own to write: no undo would know it."""
    if finding.spot is None or finding.spot.field != ANNEX:
        return finding
    return replace(finding, spot=replace(finding.spot, mend=None))


def check_text(workspace: Workspace, path: Path, text: str, *, spell: bool = True) -> list[Finding]:
    """What the lint finds in any text; each line of `where` is `FILE:LINE`."""
    passage = Passage("text", text.replace("\r\n", "\n"), str(path)).in_its_language()
    found = _lint(workspace, spell).findings([passage])
    placed = [replace(one, where=f"{path}:{one.spot.line}" if one.spot else one.where) for one in found]
    return [*placed, *_unread(workspace, [passage], str(path), spell)]


def _lint(workspace: Workspace, spell: bool) -> Lint:
    network = workspace.config.network
    others = (network.name, network.short, *(feed.name for feed in workspace.config.feeds))
    return Lint(
        names_of(workspace.taxonomy, network.countries, others),
        speller=_dictionaries(workspace.environ.get("DICPATH", "")).speller,
        own=known_words(workspace.path),
        untracked=untracked,
        spell=spell,
    )


@lru_cache(maxsize=2)
def _dictionaries(folders: str) -> Dictionaries:
    """One for a process: what it has loaded it keeps."""
    return Dictionaries({"DICPATH": folders})


def _sources(workspace: Workspace, passages: Iterable[Passage]) -> dict[int, str]:
    """The stored text of each document that is quoted; texts are long, so no other is read."""
    quoted = {one.document for one in passages if one.by_editor and one.document is not None and quotes(one.text)}
    picked = workspace.library.documents.pick(sorted(quoted), texts=True) if quoted else []
    return {each.id: f"{each.document.title}\n{each.document.excerpt}\n{each.document.text}" for each in picked}


def _tracked(filed: Filed) -> Finding | None:
    link = filed.document.link
    if untracked(link) == link:
        return None
    place = f"document {filed.id}, “{plain_line(filed.document.title, 60)}”, link"
    return Finding("note", "tracking", TRACKED, place, Spot("link", 0, link, None, filed.id))


def _unread(workspace: Workspace, passages: Sequence[Passage], where: str, spell: bool) -> list[Finding]:
    """The languages whose spelling could not be looked at, once each."""
    if not spell:
        return []
    dictionaries = _dictionaries(workspace.environ.get("DICPATH", ""))
    languages = sorted({one.language for one in passages if len(one.text.split()) > 2})
    missing = [language for language in languages if dictionaries.speller(language) is None]
    return [
        Finding(
            "note",
            "no-dictionary",
            f"The spelling of “{plain_line(one, 12)}” is not read: {_dictionary_from(one)}.",
            where,
        )
        for one in missing
    ]


def _dictionary_from(language: str) -> str:
    package = package_of(language)
    return f"{package} brings its dictionary" if package else "no dictionary of it is here (DICPATH names a folder)"


# ---------------------------------------------------------------- naming findings


def chosen(findings: Sequence[Finding], names: Iterable[str]) -> list[Finding]:
    """Those of a code or an id. Raises UsageError for a name that no finding has."""
    found: dict[str, Finding] = {}
    for name in names:
        named = [one for one in findings if name in (one.code, one.id)]
        if not named:
            raise UsageError(f"No finding is called “{plain_line(name, 40)}”; name one by its code or its six figures.")
        found |= {f"{one.id}{one.where}{one.spot}": one for one in named}
    return list(found.values())


def accept(workspace: Workspace, name: str, findings: Sequence[Finding]) -> Edition:
    """Say of findings that it is right so in this edition: they are not said again. One act. Raises UsageError for
    one that blocks."""
    if grave := next((one for one in findings if one.level == "error"), None):
        raise UsageError(f"“{grave.message}” blocks the seal; it must be mended, not accepted.")
    ids = {one.id for one in findings}
    return editions.edit(
        workspace, name, "accept finding", lambda one: replace(one, accepted=tuple(sorted({*one.accepted, *ids})))
    )


def reopen(workspace: Workspace, name: str, findings: Sequence[Finding]) -> Edition:
    """Have accepted findings said again. One act."""
    ids = {one.id for one in findings}
    return editions.edit(
        workspace,
        name,
        "reopen finding",
        lambda one: replace(one, accepted=tuple(each for each in one.accepted if each not in ids)),
    )
