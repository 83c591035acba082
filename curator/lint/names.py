"""What countries, members and organisations are called, against the network's list and the taxonomy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from curator.clean import fold
from curator.lint.distance import deletions, distance
from curator.lint.numbers import NUMBER, value, written
from curator.lint.old_names import OLD_NAMES
from curator.lint.passages import Mark, Passage
from curator.lint.vocabulary import WORD, Names, Phrase, folded_words, unowned, words_in

Knows = Callable[[str], bool]
_OLD = re.compile(rf"\b(?:{'|'.join(map(re.escape, OLD_NAMES))})\b")
_MEMBERS = re.compile(
    rf"\b(?P<number>{NUMBER})\s+(?:member|participating|sponsoring|partner)\s+(?:countries|governments|nations)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"\b(?:all|our|the|its|of)?\s*(?:(?P<number>{NUMBER})\s+)?(?P<kind>member |participating |sponsoring )?"
    r"(?:countries|governments|nations)"
    r"(?:\s+(?:are|were))?\s*:\s*(?P<list>[^.;:\n]+)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Z-]+)\)")


def names(passage: Passage, known: Names, knows: Knows) -> Iterator[Mark]:
    """`knows` says whether a dictionary has a word, and is only asked of what looks like a misspelt name."""
    tokens = [(found.start(), found[0]) for found in WORD.finditer(passage.text)]
    found = [*_phrases(passage, tokens, known), *_abbreviated(passage, tokens, known)]
    yield from found
    taken = {place for mark in found for place in range(mark.start, mark.end)}
    yield from (mark for mark in _countries(tokens, known, knows) if mark.start not in taken)
    yield from _parted(passage, known)
    yield from _old(passage)
    yield from _members(passage, known)


# ---------------------------------------------------------------- misspelt


def _countries(tokens: Sequence[tuple[int, str]], known: Names, knows: Knows) -> Iterator[Mark]:
    joined = _joined(tuple(known.labels.values()))
    for place, (at, token) in enumerate(tokens):
        bare = unowned(token)
        end = at + len(bare)
        right = known.proper.get(bare) if bare.islower() else None
        if right and right != bare and not knows(bare):
            yield Mark("name", at, end, f"{right} is a name, with a capital.", right)
        apart = joined.get(bare.casefold()) if bare[0].isupper() else None
        if apart and fold(bare) not in known.codes:
            yield Mark("name", at, end, f"“{bare}” is two words: {apart}.", apart)
        close = _close_to(bare, known)
        if len(close) == 1 and not knows(bare) and not knows(bare.lower()) and not _after_name(tokens, place, knows):
            mend = close[0].upper() if bare.isupper() else close[0]
            yield Mark("name", at, end, f"“{bare}” is no country; {close[0]} is.", mend)


def _close_to(bare: str, known: Names) -> list[str]:
    """The countries one letter away from what may be the name of one, and is none."""
    folded = fold(bare)
    may_be = 5 <= len(bare) <= 30 and bare.isascii() and bare[0].isupper()
    if not may_be or folded in known.codes or folded in known.words:
        return []
    near = {name for piece in deletions(folded) for name in known.countries.get(piece, ())}
    return sorted(name for name in near if distance(folded, fold(name), 1) == 1)


def _after_name(tokens: Sequence[tuple[int, str]], place: int, knows: Knows) -> bool:
    """Whether an unknown word with a capital stands just before: `Te Tai Tokerau` is a name of its own."""
    at, before = tokens[place - 1] if place else (-2, "")
    return at + len(before) + 1 == tokens[place][0] and before[:1].isupper() and not knows(before)


@lru_cache(maxsize=4)
def _joined(labels: tuple[str, ...]) -> dict[str, str]:
    """Names of two words by what they are without the space."""
    return {label.replace(" ", "").casefold(): label for label in labels if label.count(" ") == 1}


def _phrases(passage: Passage, tokens: Sequence[tuple[int, str]], known: Names) -> Iterator[Mark]:
    folded = folded_words(token for _, token in tokens)
    done = -1
    for place, word in enumerate(folded):
        for phrase, wanted in known.phrases.get(word, ()):
            for start in {place, place - len(phrase) + 1}:
                if start <= done or start < 0 or start + len(phrase) > len(tokens):
                    continue
                inside = folded[start : start + len(phrase)]
                wrong = _one_word_wrong(inside, wanted)
                if wrong is None or inside in known.exact or _part_of_longer(folded, start, phrase, known):
                    continue
                at, token = tokens[start + wrong]
                if not token[0].isupper():
                    continue
                right = phrase[wrong]
                said = passage.text[tokens[start][0] : _end(tokens[start + len(phrase) - 1])]
                message = f"“{said}” is called {' '.join(phrase)}."
                yield Mark("name", at, at + len(unowned(token)), message, right)
                done = start


def _end(token: tuple[int, str]) -> int:
    return token[0] + len(token[1])


def _one_word_wrong(said: Phrase, wanted: Phrase) -> int | None:
    """Which word of a name is spelled otherwise by a letter or two, all others being right; None where it is not so."""
    wrong = [place for place, word in enumerate(wanted) if said[place] != word]
    if len(wrong) != 1 or len(wanted[wrong[0]]) < 6:
        return None
    most = 2 if len(wanted[wrong[0]]) > 8 else 1
    return wrong[0] if distance(said[wrong[0]], wanted[wrong[0]], most) <= most else None


def _part_of_longer(folded: Sequence[str], start: int, phrase: Phrase, known: Names) -> bool:
    """Whether a longer name stands here rightly, of which this is a part."""
    for length in range(len(phrase) - 1, len(phrase) + 4):
        for begin in range(max(0, start - 3), start + 1):
            if length > 1 and tuple(folded[begin : begin + length]) in known.exact:
                return True
    return False


# ---------------------------------------------------------------- abbreviated, parted, old


def _abbreviated(passage: Passage, tokens: Sequence[tuple[int, str]], known: Names) -> Iterator[Mark]:
    """`Organisation for Economic Development (OECD)`: first and last word are right, something between is not."""
    for found in _ACRONYM.finditer(passage.text):
        before = [token for token in tokens if token[0] < found.start()][-12:]
        for full in known.full.get(found[1], ()):
            words = [fold(word) for word in words_in(full)]
            said = [fold(token) for _, token in before]
            if said[-len(words) :] == words or not said or said[-1] != words[-1]:
                continue
            starts = [place for place, word in enumerate(said) if word == words[0]]
            if starts and not _said_rightly(said, found[1], known) and abs(len(said) - starts[-1] - len(words)) <= 3:
                begin, end = before[starts[-1]][0], _end(before[-1])
                if distance(" ".join(said[starts[-1] :]), " ".join(words), 2) > 2:
                    yield Mark("name", begin, end, f"{found[1]} is the {full}.", full)
                    break


def _said_rightly(said: Sequence[str], short: str, known: Names) -> bool:
    return any(list(said[-len(words) :]) == words for full in known.full[short] if (words := fold(full).split()))


def _parted(passage: Passage, known: Names) -> Iterator[Mark]:
    """`Bosnia, and Herzegovina` is one country."""
    pattern = _parted_pattern(tuple(known.labels.values()))
    for found in pattern.finditer(passage.text) if pattern else ():
        right = re.sub(r",\s+and\s+", " and ", found[0])
        yield Mark("name", *found.span(), f"{right} is one country, without a comma.", right)


@lru_cache(maxsize=4)
def _parted_pattern(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    parted = [label.split(" and ") for label in labels if label.count(" and ") == 1]
    forms = [rf"{re.escape(one)},\s+and\s+{re.escape(other)}" for one, other in parted]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b") if forms else None


def _old(passage: Passage) -> Iterator[Mark]:
    for found in _OLD.finditer(passage.text):
        now, since = OLD_NAMES[found[0]]
        yield Mark("old-name", *found.span(), f"Since {since} it is {now}.", now)


# ---------------------------------------------------------------- the members


def _members(passage: Passage, known: Names) -> Iterator[Mark]:
    count = len(known.members)
    if not count:
        return
    for found in _MEMBERS.finditer(passage.text):
        if value(found["number"]) != count:
            message = f"It says {found[0]}; the network has {count} (feeds.toml, network.countries)."
            mend = written(count, found["number"])
            yield Mark("members", found.start("number"), found.end("number"), message, mend)
    for found in _ALL.finditer(passage.text):
        yield from _missing(found, known)


def _missing(found: re.Match[str], known: Names) -> Iterator[Mark]:
    """A list that claims to be all members: as many as there are, or “member countries: …”."""
    items = [item for item in re.split(r",|\s+and\s+|\s*&\s*", found["list"]) if item.strip()]
    codes = [
        known.codes.get(fold(re.sub(r"^\s*(?:and )?(?:the )?", "", item, flags=re.IGNORECASE)), "") for item in items
    ]
    claims_all = found["kind"] is not None and found["number"] is None
    if found["number"] is not None:
        claims_all = value(found["number"]) == len(known.members) and len(items) >= len(known.members) - 2
    missing = [known.labels[code] for code in known.members if code not in codes and code in known.labels]
    if claims_all and missing and len(missing) < len(known.members) / 2 and sum(map(bool, codes)) > len(codes) / 2:
        message = f"Of the network's members {', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
        yield Mark("members", found.start("list"), found.end("list"), message)
