"""Where on a page its entries may stand, worked out from what repeats on it. Pure.

    tree ─→ groups of like elements, each with a link ─score→ the best one ─→ Select

Elements are alike that are the same kind of child of one parent, or stand at the end of the same path of tags and
classes. A group scores by how many entries it has, how long their titles are, whether they have dates and headings,
and not as a menu. Then the shortest selectors are sought that find just these elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from curator.days import day_in
from curator.models import Select
from curator.pull.html import Element, picked, words_of, xpath
from curator.pull.names import words
from curator.pull.pages import scope_of

_ANCHORS, _GROUPS, _SAMPLE, _LEVELS = 3_000, 60, 20, 8
_FEWEST = 3  # entries that make a list
_NEAR = 5  # elements between a heading and the link to the whole of what it stands over
_HEADINGS = words("h1 h2 h3 h4 h5 h6")
_TAG = re.compile(r"[a-z][a-z0-9-]{0,40}")
_CLASS = re.compile(r"[A-Za-z_][A-Za-z_-]*[0-9]{0,2}[A-Za-z_-]*")
_PASSING = re.compile(
    r"(?:^|[-_])(?:first|last|odd|even|active|current|sticky|open|selected|featured|new|js)(?:$|[-_])"
)
_MENU = re.compile(r"\b(?:nav|navigation|menu|footer|breadcrumbs?|sidebar|social|share|pager|pagination|cookies?)\b")
_DAY_WORDS = 60  # characters of an element that may be a date and nothing else

Group = list[Element]


def guess(root: Element) -> Select | None:
    """The selectors of the list that looks most like news; None where the page has none."""
    found = [_Entries(group) for group in _groups(root)]
    ranked = sorted((one for one in found if one.rank[0] > 0), key=lambda one: one.rank, reverse=True)
    for best in ranked[:5]:
        entry = _entry_selector(root, best.elements)
        title = _inside(best, lambda piece: piece.title)
        if entry and title:
            return Select(entry, title, _link_selector(best), _date_selector(best))
    return None


# ---------------------------------------------------------------- what repeats


def _groups(root: Element) -> list[Group]:
    """Elements that are alike and hold a link, the largest groups first."""
    found: dict[object, dict[Element, None]] = {}
    for anchor in xpath("a[href]")(root)[:_ANCHORS]:
        if len(words_of([anchor], limit=20)) >= 4:
            for element in _around(anchor):
                for key in ((element.getparent(), element.tag), _path(element)):
                    found.setdefault(key, {})[element] = None
    alike = {tuple(group): list(group) for group in found.values() if len(group) >= _FEWEST}
    return sorted(alike.values(), key=len, reverse=True)[:_GROUPS]


def _around(anchor: Element) -> Iterator[Element]:
    """The anchor and what it stands in, and the heading that it stands under, or the term whose definition it is in."""
    element = anchor
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html", "main"):
            return
        yield element
        if (heading := _heading_of(element)) is not None:
            yield heading
        element = element.getparent()


def _heading_of(element: Element) -> Element:
    """What an entry begins with whose link stands further down, beside it; None where nothing is near."""
    if element.tag == "dd":
        return next(element.itersiblings("dt", preceding=True), None)
    if element.tag in _HEADINGS:
        return None
    return next((one for one in islice(element.itersiblings(preceding=True), _NEAR) if one.tag in _HEADINGS), None)


def _path(element: Element) -> str:
    steps = [element, *element.iterancestors()][:12]
    return "/".join(f"{step.tag}.{'.'.join(_classes(step)[:2])}" for step in steps)


def _classes(element: Element) -> list[str]:
    """Class names that tell what it is, not which one or in what state."""
    said = (element.get("class") or "").split()[:8]
    return [one for one in said if len(one) <= 40 and _CLASS.fullmatch(one) and not _PASSING.search(one)]


# ---------------------------------------------------------------- which of it is the list


@dataclass(slots=True)
class _Piece:
    """One entry as it is seen: its elements and words."""

    scope: list[Element]
    link: Element
    title: Element
    said: str
    dated: Element
    headings: int
    links: int
    long_links: int


@dataclass(slots=True)
class _Entries:
    """A group, seen through some of its elements."""

    elements: Group
    pieces: list[_Piece] = field(init=False)
    rank: tuple[float, int] = field(init=False)

    def __post_init__(self) -> None:
        sample = self.elements[:_SAMPLE]
        self.pieces = _told_apart([piece for one in sample if (piece := _seen(one))])
        depth = sum(1 for _ in self.elements[0].iterancestors())
        self.rank = (round(self._score(len(sample)), 3), -depth)

    def _score(self, of: int) -> float:
        if len(self.pieces) < _FEWEST or _is_menu(self.elements[0]):
            return 0.0
        share = len(self.pieces) / of
        different = min(
            len({piece.link.get("href") for piece in self.pieces}), len({piece.said for piece in self.pieces})
        ) / len(self.pieces)
        length = self._mean(lambda piece: min(len(piece.said.split()), 7) / 7)
        dated = self._mean(lambda piece: piece.dated is not None)
        headed = self._mean(lambda piece: piece.title.tag in _HEADINGS or piece.headings > 0)
        several = max(1.0, self._mean(lambda piece: max(piece.headings or piece.long_links, piece.links / 5)))
        score = min(len(self.elements), 12) / 12 * share * different * different * length
        return score * (1 + 1.5 * dated) * (1 + 0.5 * headed) / several**2

    def _mean(self, of: Callable[[_Piece], float]) -> float:
        return sum(of(piece) for piece in self.pieces) / len(self.pieces)


def _is_menu(element: Element) -> bool:
    around = [one for one in (element, *element.iterancestors()) if one.tag not in ("body", "html")][:10]
    said = " ".join(f"{one.get('class') or ''} {one.get('id') or ''} {one.get('role') or ''}" for one in around)
    tags = {one.tag for one in around}
    return bool(tags & {"nav", "footer", "aside"} or _MENU.search(re.sub(r"[-_]", " ", said.lower())))


def _seen(element: Element) -> _Piece | None:
    scope = scope_of(element)
    links = [a for one in scope for a in xpath("a[href]")(one) if not (a.get("href") or "#").startswith("#")]
    headings = [h for one in scope for h in xpath("h1, h2, h3, h4, h5, h6")(one) if words_of([h], limit=20)]
    if not links:
        return None
    link = _main_link(links, headings)
    title = _title(headings, link)
    said = words_of([title], limit=300)
    if len(said) < 8:
        return None
    long = {a.get("href") for a in links if len(words_of([a], limit=40)) >= 25}
    return _Piece(scope, link, title, said, _dated(scope, title), len(headings), len(links), len(long))


def _main_link(links: Sequence[Element], headings: Sequence[Element]) -> Element:
    """That of the heading, else the one with most words."""
    for link in links if headings else ():
        if _belongs(headings[0], link):
            return link
    return max(links[:20], key=lambda link: len(words_of([link], limit=200)))


def _title(headings: Sequence[Element], link: Element) -> Element:
    """The heading around or in the link, or the only one, where the link only says “Read more”; else the link."""
    if not headings:
        return link
    longer = len(words_of([headings[0]], limit=200)) > len(words_of([link], limit=200))
    return headings[0] if _belongs(headings[0], link) or (len(headings) == 1 and longer) else link


def _told_apart(pieces: list[_Piece]) -> list[_Piece]:
    """The same; but where every link says no more than “Read more”, with the first words of each entry as its title."""
    if len(pieces) < _FEWEST or len({piece.said for piece in pieces}) > 1:
        return pieces
    titles = [(piece, _first_words(piece)) for piece in pieces]
    return [replace(piece, title=one, said=words_of([one], limit=300)) for piece, one in titles if one is not None]


def _first_words(piece: _Piece) -> Element:
    """The first element with words of its own that are neither the link nor a date; None where there is none."""
    inside = islice((one for top in piece.scope for one in top.iter()), 200)
    telling = (one for one in inside if isinstance(one.tag, str) and len((one.text or "").strip()) >= 8)
    own = (one for one in telling if not _belongs(one, piece.link) and not _is_date(words_of([one], limit=100)))
    return next(own, None)


def _belongs(heading: Element, link: Element) -> bool:
    """Whether one stands in the other."""
    return heading in [link, *link.iterancestors()] or link in heading.iterancestors()


def _dated(scope: Sequence[Element], title: Element) -> Element:
    """The smallest element that is a date, a `<time>` before others; the entry itself where its words hold one."""
    time = picked(scope, "time")
    if time is not None and day_in(time.get("datetime") or words_of([time]), "day-first"):
        return time
    inside = [one for top in scope for one in top.iter() if isinstance(one.tag, str)][:200]
    for one in reversed(inside):
        if one is not title and title not in one.iterdescendants() and _is_date(words_of([one], limit=_DAY_WORDS + 20)):
            return one
    return scope[0] if day_in(words_of(scope, [title]), "day-first") else None


def _is_date(said: str) -> bool:
    return 6 <= len(said) <= _DAY_WORDS and day_in(said, "day-first") is not None


# ---------------------------------------------------------------- how to say it


def _entry_selector(root: Element, elements: Group) -> str:
    """The shortest selector that finds these, and as little else as can be; '' where none does."""
    wanted = set(elements)
    best, most = "", 0.6
    for selector in _entry_forms(elements):
        found = set(xpath(selector)(root))
        like = len(wanted & found) / len(wanted | found)
        if like > most + 0.001:
            best, most = selector, like
        if most == 1.0:
            break
    return best


def _entry_forms(elements: Group) -> Iterator[str]:
    own = _forms(elements)
    yield from (form for form in own if "." in form)
    for above in _shared_parents(elements):
        joints = (" > ", " ") if above is elements[0].getparent() else (" ",)
        yield from (f"{around}{joint}{form}" for around in _forms([above]) for joint in joints for form in own)
    parents = [one.getparent() for one in elements]
    for around in _forms(parents):
        yield from (f"{around} > {form}" for form in own)
    yield from own


def _shared_parents(elements: Group) -> list[Element]:
    """What all of them stand in, the nearest first; the parent itself only where it is everybody's."""
    shared = list(elements[0].iterancestors())
    for one in elements[1:]:
        above = set(one.iterancestors())
        shared = [each for each in shared if each in above]
    return [each for each in shared if each.tag != "html"][:6]


def _forms(elements: Sequence[Element]) -> list[str]:
    """What may be said of all of them: an id, a tag with one of their classes, the tag."""
    tag = elements[0].tag
    if not _is_tag(tag) or any(one.tag != tag for one in elements):
        return []
    common = [one for one in _classes(elements[0]) if all(one in _classes(each) for each in elements)]
    own = elements[0].get("id") or ""
    ids = [f"#{own}"] if len(elements) == 1 and _CLASS.fullmatch(own) else []
    return [*ids, *(f"{tag}.{one}" for one in common), tag]


def _is_tag(tag: object) -> bool:
    """Not so where a page's damage makes an element of `a=`, which no selector can name."""
    return isinstance(tag, str) and _TAG.fullmatch(tag) is not None


def _inside(found: _Entries, part: Callable[[_Piece], Element]) -> str:
    """The shortest selector that picks this part in the entries that have it; '' where none does in most."""
    pairs = [(piece.scope, part(piece)) for piece in found.pieces if part(piece) is not None]
    best, most = "", 0.79
    for selector in _inner_forms([element for _, element in pairs], [scope for scope, _ in pairs]):
        right = sum(picked(scope, selector) is element for scope, element in pairs) / len(pairs)
        if right > most + 0.001:
            best, most = selector, right
        if most == 1.0:
            break
    return best


def _inner_forms(elements: Sequence[Element], scopes: Sequence[Sequence[Element]]) -> Iterable[str]:
    if all(element is scope[0] for element, scope in zip(elements, scopes, strict=True)):
        return [":scope"]
    own = _forms(elements) or list(dict.fromkeys(one.tag for one in elements if _is_tag(one.tag)))
    parents = [one.getparent() for one in elements]
    above = _forms(parents)
    places = {parent.index(one) + 1 for one, parent in zip(elements, parents, strict=True)}
    rows = {_place(parent) for parent in parents}
    forms = [*reversed(own), *(f"{outer} > {inner}" for outer in reversed(above) for inner in reversed(own))]
    forms += [f"{inner}:nth-child({place})" for inner in own[-1:] for place in places]
    forms += [f"{outer}:nth-child({place}) > {inner}" for outer in above[-1:] for place in rows for inner in own[-1:]]
    ways = {_way(scope[0], one) for one, scope in zip(elements, scopes, strict=True)}
    forms += [f":scope > {way}" for way in ways if way and len(ways) == 1]
    tags = sorted({one.tag for one in elements if _is_tag(one.tag)})
    return [*forms, *filter(None, [", ".join(tags)])]


def _way(top: Element, element: Element) -> str:
    """The tags from an entry down to what stands in it; '' where it stands beside it or cannot be named."""
    steps = [element, *element.iterancestors()]
    if top not in steps[1:]:
        return ""
    tags = [one.tag for one in reversed(steps[: steps.index(top)])]
    return " > ".join(tags) if all(_is_tag(one) for one in tags) else ""


def _place(element: Element) -> int:
    parent = element.getparent()
    return 1 if parent is None else parent.index(element) + 1


def _link_selector(found: _Entries) -> str | None:
    """None where the first link is the right one, as it mostly is."""
    first = all(picked(piece.scope, "a[href]").get("href") == piece.link.get("href") for piece in found.pieces)
    return None if first else _inside(found, lambda piece: piece.link) or None


def _date_selector(found: _Entries) -> str | None:
    """None where fewer than half of the entries have a date."""
    dated = [piece for piece in found.pieces if piece.dated is not None]
    return _inside(found, lambda piece: piece.dated) or None if len(dated) * 2 >= len(found.pieces) else None
