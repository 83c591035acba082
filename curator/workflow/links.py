"""Links looked at: those of an edition's documents and those in its words, asked politely and remembered.

    edition ─addresses→ links ─remembered?→ the rest ─GET, no body→ LookedAt → findings

Only who asks for it goes to the network; the check tells what was found when somebody last did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import msgspec
from msgspec.structs import replace

from curator.clean import plain_line
from curator.digest.wording import safe_link
from curator.http import ACCEPT_PAGES, HttpFault, Line, client
from curator.lint.links import addresses
from curator.models import Edition, Filed, Finding, Level, LinkAnswer, LookedAt, Spot
from curator.pull.urls import host_of, is_home_page, is_web
from curator.workflow import edition as editions
from curator.workflow.passages import passages_of
from curator.workflow.workspace import Clock, Workspace

FRESH = timedelta(days=7)
"""For how long an answer is believed before the link is asked again."""
DOUBTED = timedelta(days=1)
"""The same of one that told nothing: the server refused, was out of order, slow, or asked to wait."""
SECONDS = 20.0
"""What one link may take in all."""
AT_ONCE = 8
"""Hosts asked at the same time; of one host one link after the other."""
MOST = 500
"""Links of one edition that are asked in one go."""
_CODES: dict[LinkAnswer, tuple[Level, str]] = {
    "dead": ("warning", "dead-link"),
    "moved": ("note", "moved-link"),
    "doubtful": ("note", "doubtful-link"),
}
Progress = Callable[[int, int], None]
"""How many links are done, of how many."""


class _Place(msgspec.Struct, frozen=True):
    """Where a link stands: in words, and exactly."""

    link: str
    where: str
    spot: Spot


def look_at_links(
    workspace: Workspace, name: str, *, anew: bool = False, on_link: Progress | None = None
) -> Mapping[str, LookedAt]:
    """Ask every link of an edition that was not asked within a week (a doubtful one: a day), or with `anew` all;
    answers what is known of each.

    Raises UsageError when there is no such edition, or the environment's proxy cannot be used."""
    edition = workspace.library.editions.get(name)
    links = {place.link for place in _places(edition, editions.filed_of(workspace, edition))}
    known = (
        {}
        if anew
        else {
            link: one
            for link, one in workspace.library.links.answers(links).items()
            if workspace.now() - one.at < (DOUBTED if one.answer == "doubtful" else FRESH)
        }
    )
    asked = _ask(workspace, sorted(links - known.keys())[:MOST], on_link)
    workspace.library.links.remember(asked)
    return known | {one.link: one for one in asked}


def link_findings(workspace: Workspace, edition: Edition, filed: Mapping[int, Filed]) -> list[Finding]:
    """What is remembered of an edition's links that is not well, however long ago it was; asks nothing."""
    places = _places(edition, filed)
    known = workspace.library.links.answers(place.link for place in places)
    return [
        _finding(place, known[place.link], workspace.now())
        for place in places
        if place.link in known and known[place.link].answer != "alive"
    ]


def _places(edition: Edition, filed: Mapping[int, Filed]) -> list[_Place]:
    found = []
    for passage in passages_of(edition, filed):
        for start, link in addresses(passage):
            found.append(_Place(link, passage.where, Spot(passage.field, start, link, None, passage.document)))
    for seat in edition.placements:
        each = filed.get(seat.document)
        if each and is_web(link := safe_link(each.document.link)):
            where = f"document {each.id}, “{plain_line(each.document.title, 60)}”, link"
            found.append(_Place(link, where, Spot("link", 0, link, None, each.id)))
    return found


def _finding(place: _Place, looked: LookedAt, now: datetime) -> Finding:
    level, code = _CODES[looked.answer]
    days = (now - looked.at).days
    ago = "" if days < 1 else f" (asked {days} day{'s' if days > 1 else ''} ago)"
    message = {
        "dead": f"The link is dead: {looked.detail}{ago}.",
        "moved": f"The page has moved for good to {plain_line(looked.detail, 200)}{ago}.",
        "doubtful": f"The link could not be looked at: {looked.detail}{ago}.",
    }[looked.answer]
    can_change = looked.answer == "moved" and place.spot.field != "link"
    spot = replace(place.spot, mend=looked.detail) if can_change else place.spot
    return Finding(level, code, message, place.where, spot)


# ---------------------------------------------------------------- asking


def _ask(workspace: Workspace, links: Sequence[str], on_link: Progress | None) -> list[LookedAt]:
    """Each host by one thread at a time. A name that cannot be found is dead only where others could be asked."""
    if not links:
        return []
    waiting, done = _by_host(links), list[tuple[LookedAt, bool]]()

    def work() -> None:
        settings, site = workspace.config.pull, workspace.config.network.site
        with Line(client(settings, site, ACCEPT_PAGES)) as line:
            while (own := _next(waiting)) is not None:
                for answer in _answers(line, own, workspace.now):
                    done.append(answer)
                    if on_link:
                        on_link(len(done), len(links))

    count = min(AT_ONCE, waiting.qsize(), max(workspace.config.pull.concurrency, 1))
    with ThreadPoolExecutor(count, thread_name_prefix="links") as pool:
        for future in [pool.submit(work) for _ in range(count)]:
            future.result()
    online = any(reached for _, reached in done)
    return [one if reached or not online else replace(one, answer="dead") for one, reached in done]


def _by_host(links: Sequence[str]) -> SimpleQueue[list[str]]:
    hosts: dict[str, list[str]] = {}
    for link in links:
        hosts.setdefault(host_of(link), []).append(link)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for own in hosts.values():
        waiting.put(own)
    return waiting


def _next(waiting: SimpleQueue[list[str]]) -> list[str] | None:
    try:
        return waiting.get_nowait()
    except Empty:
        return None


def _answers(line: Line, links: Sequence[str], now: Clock) -> Iterator[tuple[LookedAt, bool]]:
    """How the links of one host answer, and whether each was reached. Where the host asks to wait, the others are left
    for another day."""
    for place, link in enumerate(links, start=1):
        looked, fault = _look(line, link, now())
        yield looked, fault is None or fault.reached
        if fault and fault.retry_after is not None:
            yield from ((LookedAt(each, now(), "doubtful", "its host asks to wait"), True) for each in links[place:])
            return


def _look(line: Line, link: str, now: datetime) -> tuple[LookedAt, HttpFault | None]:
    """How a link answers, and the fault where it is no answer."""
    try:
        answer = line.get(link, max_bytes=0, seconds=SECONDS)
    except HttpFault as fault:
        kind: LinkAnswer = "dead" if fault.status in (404, 410) else "doubtful"
        return LookedAt(link, now, kind, plain_line(fault.message, 200).rstrip(".")), fault
    if is_home_page(answer.url) and not is_home_page(link):
        return LookedAt(link, now, "dead", f"it leads to the home page {plain_line(answer.url, 100)}"), None
    if answer.moved_to and _differs(link, answer.moved_to):
        return LookedAt(link, now, "moved", answer.moved_to), None
    return LookedAt(link, now, "alive", ""), None


def _differs(link: str, other: str) -> bool:
    """By more than http and https, www and a slash at the end."""
    return _bare(link) != _bare(other)


def _bare(link: str) -> str:
    return link.partition("://")[2].removeprefix("www.").rstrip("/")
