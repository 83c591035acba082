"""Which countries a document concerns: what its feed says, the names in it, and the address it stands at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from curator.clean import fold, plain_line
from curator.models import Document, Suggested
from curator.suggest.lexicon import Hit, longest
from curator.suggest.texts import Texts
from curator.suggest.vocabulary import Vocabulary

MOST = 9
"""Countries suggested at most: more are named in passing, or the document is about the world."""
_BRACKETED = re.compile(r"\(([^()]{2,60})\)\s*$")


@dataclass(slots=True)
class Evidence:
    """What speaks for one country. `title` and `body` count names as the taxonomy writes them."""

    is_feed: bool = False
    bracket: str = ""
    title: Counter[str] = field(default_factory=Counter)
    body: Counter[str] = field(default_factory=Counter)
    address: str = ""

    @property
    def named(self) -> int:
        return self.body.total()

    @property
    def is_certain(self) -> bool:
        return bool(self.is_feed or self.bracket or self.title)

    @property
    def strength(self) -> float:
        """For the order only: the feed's word, then the title's, then the address against three names in the text."""
        title = 20 * min(self.title.total(), 3)
        return 1000 * self.is_feed + 200 * bool(self.bracket) + title + 3 * bool(self.address) + min(self.named, 19)


def suggest_countries(
    document: Document, texts: Texts, vocabulary: Vocabulary, network: Sequence[str]
) -> tuple[Suggested, ...]:
    """The likely ones, most likely first; of equals the network's own, in its order."""
    found = _evidence(document, texts, vocabulary)
    accepted = {code: each for code, each in found.items() if _counts(each, found, len(texts.body))}
    accepted = _without_ambiguous(_without_wholes(accepted), vocabulary)
    order = {code: place for place, code in enumerate(network)}
    codes = sorted(accepted, key=lambda code: (-accepted[code].strength, order.get(code, len(order)), code))
    return tuple(Suggested(code, _reason(accepted[code])) for code in codes[:MOST])


def _evidence(document: Document, texts: Texts, vocabulary: Vocabulary) -> dict[str, Evidence]:
    found: dict[str, Evidence] = {}
    if document.feed_country in vocabulary.taxonomy.countries:
        found.setdefault(document.feed_country, Evidence()).is_feed = True
    bracketed = _BRACKETED.search(document.title)
    if bracketed and (code := vocabulary.names.get(fold(bracketed[1]))):
        found.setdefault(code, Evidence()).bracket = plain_line(bracketed[1])
    for hit in _names_in(vocabulary.countries.find(texts.title)):
        found.setdefault(hit.phrase.owner, Evidence()).title[hit.phrase.shown] += 1
    for hit in _names_in(vocabulary.countries.find(texts.body)):
        found.setdefault(hit.phrase.owner, Evidence()).body[hit.phrase.shown] += 1
    domain, code = _domain(document.link, vocabulary)
    if code:
        found.setdefault(code, Evidence()).address = domain
    return found


def _names_in(hits: list[Hit]) -> list[Hit]:
    return longest(hits, lambda hit: "")


def _domain(link: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """The longest known end of the link's host, with its country; None for an organisation's or an unknown one."""
    try:
        host = (urlsplit(link).hostname or "").rstrip(".")
    except ValueError:
        return "", None
    steps = host.split(".")
    for start in range(len(steps)):
        domain = ".".join(steps[start:])
        if domain in vocabulary.domains:
            return domain, vocabulary.domains[domain]
    return "", None


def _counts(each: Evidence, found: dict[str, Evidence], words: int) -> bool:
    """Feed, title and address count always. A name in the text counts by how often it stands there: once is enough in
    an excerpt, and for the country named most in a text of two pages; beside a certain country it takes one more.
    The figures are where precision stopped rising on `benchmarks/suggest.py`."""
    if each.is_certain or each.address:
        return True
    most = max(other.named for other in found.values())
    has_certain = any(other.is_certain for other in found.values())
    enough = 1 if words < 80 else 2 if words < 1000 else 4
    if each.named == most and words < 400:
        enough = 1
    return each.named >= enough + has_certain and each.named * 4 >= most


def _without_wholes(accepted: dict[str, Evidence]) -> dict[str, Evidence]:
    """Without a whole (GB) one of whose parts (GB-SCT) is certain or named as often; unless it is the feed's word."""
    gone = set()
    for code, part in accepted.items():
        whole = accepted.get(code[:2])
        is_part = whole is not None and len(code) > 2
        if is_part and whole is not None and not whole.is_feed and _outweighs(part, whole):
            gone.add(code[:2])
    return {code: each for code, each in accepted.items() if code not in gone}


def _outweighs(part: Evidence, whole: Evidence) -> bool:
    return part.is_certain or bool(part.address) or part.named >= whole.named


def _without_ambiguous(accepted: dict[str, Evidence], vocabulary: Vocabulary) -> dict[str, Evidence]:
    """Without a country named only by a bare label that means something else beside another (Georgia, USA)."""
    kept = {}
    for code, each in accepted.items():
        country = vocabulary.taxonomy.countries[code]
        is_bare = not (each.is_feed or each.bracket or each.address) and set(each.title | each.body) == {country.label}
        if not (is_bare and any(other in accepted for other in country.unless)):
            kept[code] = each
    return kept


def _reason(each: Evidence) -> str:
    parts = ["feed"] if each.is_feed else []
    if each.bracket:
        parts.append(f"title ends ({each.bracket})")
    elif each.title:
        parts.append(f'title "{each.title.most_common(1)[0][0]}"')
    parts += [f'"{name}" ×{count}' for name, count in each.body.most_common(2)]
    if each.address:
        parts.append(f"address {each.address}")
    return "; ".join(parts)
