"""Are two documents one? Pure: the library finds who shares a key, `kinship` compares them.

    1. one DOI or ISBN; certain where it is in the address, or the titles agree as well
    2. one names the other's address as itself in another language (`hreflang`); or they have one address but for its
       language, in two languages that the documents themselves name
    3. nearly the same words (shingles), under the same title
    4. the same title and publisher within two weeks

Whatever tells one issue of a series from the next speaks against: other numbers in the titles, other numbers or names
in otherwise equal words, other countries, one feed. What is neither certain nor unlikely is proposed.
"""

from __future__ import annotations

from zlib import crc32

from curator.models import BY_HAND, Kin, NewDocument, Verdict
from curator.pull.identifiers import identifiers, own_identifiers
from curator.pull.languages import across_languages, languages_told
from curator.pull.urls import site_of
from curator.pull.wording import (
    bare_title,
    compare,
    figures,
    is_release,
    is_serial,
    numbers,
    sample,
    telling_title,
    years,
)

PERIOD = 128  # days of one key's time: what is far apart in time is not even looked at
NEAR = 14  # days between a report, its press release and its PDF
_SLACK = 21  # days before and behind a period in which its keys are asked for too
_TELLING = 12  # words of an excerpt that says what it is about
_EPOCH = 719_163  # 1970-01-01


def keys_of(said: Kin | NewDocument, words: str) -> tuple[list[int], list[int]]:
    """The keys under which a document is stored, and those under which to look for kin besides. A key is a period of
    time (high 31 bits) and a CRC-32: documents of one time lie together, so that finding them costs the same in a
    large library; two that share one by chance are told apart by comparing. What has no time stands in period 0."""
    day = said.published_at.toordinal() - _EPOCH
    period, into = max(day // PERIOD, 1), day % PERIOD
    sums = _sums(said.title, words)
    keys = [period << 32 | one for one in sums]
    besides = -1 if into < _SLACK else 1 if into >= PERIOD - _SLACK else 0
    beyond = [(period + besides) << 32 | one for one in sums] if besides else []
    if timeless := identifiers(said, words):
        keys += [crc32(one.encode()) for one in timeless]
    if other := across_languages(said.canonical_url):
        keys.append(crc32(other[0].encode()))
    return keys, beyond


def _sums(title: str, words: str) -> list[int]:
    """Of the title and of a sample of the words."""
    telling, sampled = telling_title(title), sample(words)
    found = [crc32(telling.encode())] if telling else []
    return found if sampled is None else [*found, sampled]


def kinship(one: Kin, other: Kin) -> Verdict | None:
    """What the two have in common; None where they are two."""
    perhaps: Verdict | None = None
    for rule in _RULES:
        verdict = rule(one, other)
        if verdict and verdict.certain:
            return verdict
        perhaps = perhaps or verdict
    return perhaps


def _one_identifier(one: Kin, other: Kin) -> Verdict | None:
    shared = sorted(set(identifiers(one, one.words)) & set(identifiers(other, other.words)))
    if not shared:
        return None
    name = shared[0].replace("doi:", "DOI ").replace("isbn:", "ISBN ")
    if numbers(one.title) != numbers(other.title):
        return Verdict(False, f"both name {name}, but their titles have other numbers")
    own = set(shared) & own_identifiers(one) & own_identifiers(other)
    if own or _one_title(one, other):
        return Verdict(True, f"the same {name}")
    return Verdict(False, f"both name {name}")


def _one_page(one: Kin, other: Kin) -> Verdict | None:
    here, there = across_languages(one.canonical_url), across_languages(other.canonical_url)
    if not here or not there or here[0] != there[0] or here[1] == there[1]:
        return None
    told = languages_told(one.language, here[1]), languages_told(other.language, there[1])
    if told == (True, True):
        another = _other_figures(one, other) or _days(one, other) > PERIOD
        but = ", of another edition perhaps" if another else ""
        return Verdict(not another, f"one page in two languages, {here[1]} and {there[1]}{but}")
    if False in told or _one_title(one, other):
        return None  # another language than the address has, or none: `/ie/` and `/uk/` are countries too
    return Verdict(False, f"one address but for its language, {here[1]} and {there[1]}")


def _named(one: Kin, other: Kin) -> Verdict | None:
    """A page names what it is in other languages; some name a page of another year, or a language it is not in."""
    for here, there in ((one, other), (other, one)):
        for code, address in here.translations:
            if address != there.canonical_url or languages_told(here.language, code):
                continue
            if _other_figures(one, other):
                return Verdict(False, f"one names the other as itself in {code}, but their titles have other numbers")
            if languages_told(there.language, code) is False:
                return Verdict(False, f"one names the other as itself in {code}, which it says it is not in")
            return Verdict(True, f"one names the other as itself in {code}")
    return None


def _same_words(one: Kin, other: Kin) -> Verdict | None:
    likeness = compare(one.words, other.words)
    if likeness is None or _days(one, other) > PERIOD or numbers(one.title) != numbers(other.title):
        return None
    another, series, again = not _one_title(one, other), _one_feed(one, other), is_serial(one.title)
    apart = _days(one, other) > (0 if series else 1 if again else NEAR)
    if (likeness.by_name and (series or another)) or (series and (another or (again and apart))):
        return None
    doubts = (
        f"but {likeness.swapped}" if likeness.swapped else "",
        "under another title" if another else "",
        "for another country" if _abroad(one, other) else "",
        "in one feed and under a title that comes again" if series and again else "",
        f"{(days := _days(one, other))} day{'s' * (days > 1)} apart" if apart else "",
    )
    doubt = next(filter(None, doubts), "")
    return Verdict(not doubt, f"{likeness.share:.0%} of the words are the same" + f", {doubt}" * bool(doubt))


def _same_title(one: Kin, other: Kin) -> Verdict | None:
    title, days = telling_title(one.title), _days(one, other)
    if not title or title != telling_title(other.title) or days > NEAR:
        return None
    apart = f"{days} days apart" if days > 1 else "at the same time"
    if not _one_publisher(one, other):
        return Verdict(False, f"the same title from another publisher, {apart}") if title.count(" ") >= 5 else None
    if _one_feed(one, other):
        return _page_and_pdf(one, other) if days <= 1 else None
    if is_serial(one.title) or title.count(" ") < 3:
        return Verdict(False, "the same title and publisher on one day") if days <= 1 else None
    if _abroad(one, other):
        return Verdict(False, f"the same title and publisher, {apart}, for another country")
    if _other_years(one, other):
        return Verdict(False, f"the same title and publisher, {apart}, but of other years")
    if is_release(one.title) != is_release(other.title):
        return Verdict(True, f"a press release and what it is about, {apart}")
    likeness = compare(one.words, other.words)
    if likeness and likeness.swapped:
        return None
    if likeness is None and _tell(one) and _tell(other):
        return Verdict(False, f"the same title and publisher, {apart}, but other words")
    if days > 1 and not _tell(one) and not _tell(other):
        return Verdict(False, f"the same title and publisher, {apart}, and little else")
    return Verdict(True, f"the same title and publisher, {apart}")


_RULES = (_one_identifier, _named, _one_page, _same_words, _same_title)


def _page_and_pdf(one: Kin, other: Kin) -> Verdict | None:
    """One feed gives one title to two documents of a day: a page and its PDF, else perhaps a series."""
    pdfs = [kin.canonical_url.lower().partition("?")[0].endswith(".pdf") for kin in (one, other)]
    if any(pdfs) and not all(pdfs) and not is_serial(one.title):
        return Verdict(True, "a page and its PDF, under one title")
    return None


def _one_feed(one: Kin, other: Kin) -> bool:
    """Whether one publisher gave them as two; what an editor adds is of all publishers."""
    return one.feed == other.feed != BY_HAND


def _one_publisher(one: Kin, other: Kin) -> bool:
    """By name where both have one, or by the site."""
    if one.publisher and one.publisher == other.publisher:
        return True
    here = site_of(one.canonical_url)
    return bool(here) and here == site_of(other.canonical_url)


def _one_title(one: Kin, other: Kin) -> bool:
    return bare_title(one.title) == bare_title(other.title)


def _other_figures(one: Kin, other: Kin) -> bool:
    """Whether both titles have numbers, and not the same."""
    here, there = figures(one.title), figures(other.title)
    return bool(here and there and here != there)


def _abroad(one: Kin, other: Kin) -> bool:
    return bool(one.country and other.country and one.country != other.country)


def _other_years(one: Kin, other: Kin) -> bool:
    """Whether both name years in their words, and none in common."""
    here, there = years(one.words), years(other.words)
    return bool(here and there) and not here & there


def _tell(kin: Kin) -> bool:
    """Whether the words say enough to know a document by them."""
    return kin.words.count(" ") >= _TELLING


def _days(one: Kin, other: Kin) -> int:
    return abs((one.published_at - other.published_at).days)
