"""How good and how fast suggestions are, on labelled texts nobody here wrote.

    python benchmarks/suggest.py [FOLDER]        FOLDER holds the labelled corpus; ../shared/corpus by default

Each line gives per-text precision, recall and F1 of curator beside the floor: the most frequent label, given to
every text. Times are of this machine; read the ratio to the floor and to plain word-splitting.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from curator.errors import UsageError
from curator.models import Document, Suggestions
from curator.suggest import suggest
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NETWORK = ("AU", "CA", "GB-ENG", "IE", "NL", "NZ", "GB-SCT", "SE", "US")
_REUTERS = {"ussr": "RU", "zaire": "CD", "ivory-coast": "CI", "trinidad-tobago": "TT", "kampuchea": "KH"}
_THEMES_OF_TOPICS = {
    "Health": {
        "addiction-substance-use",
        "dementia-older-people",
        "disability",
        "early-years-perinatal",
        "hospital-inpatient",
        "integrated-care",
        "medication",
        "promotion-prevention",
        "suicide-self-harm",
    },
    "Labor and employment": {"employment-income", "workplace", "workforce"},
    "Community development and housing": {"housing-homelessness"},
    "Law, crime and family issues": {"policing-justice", "violence-trauma", "families-carers", "law-reform"},
    "Civil rights, minority issues and civil liberties": {"human-rights", "stigma-discrimination", "women-gender"},
    "Education": {"children-young-people"},
    "Social welfare": {"social-determinants", "dementia-older-people", "families-carers"},
}
"""Policy topics of the Comparative Agendas Project that some of our themes lie within; the others have none."""


@dataclass(frozen=True, slots=True)
class Case:
    document: Document
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """`precision` over the texts that got a suggestion, `recall` and `f1` over all; means of each text's own."""

    precision: float
    recall: float
    f1: float


def document_of(title: str, text: str = "", link: str = "https://example.org/1") -> Document:
    """A document of a feed that says nothing about country, section or publisher."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        id=1,
        guid="1",
        link=link,
        canonical_url=link,
        title=title,
        feed="x",
        publisher=None,
        published_at=at,
        dated="feed",
        first_seen_at=at,
        changed_at=None,
        language="en",
        excerpt="",
        text=text,
    )


def score(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> Score:
    """Of (suggested, right) pairs."""
    answered = [(given, right) for given, right in pairs if given]
    precision = sum(len(given & right) / len(given) for given, right in answered) / max(len(answered), 1)
    recall = sum(len(given & right) / len(right) for given, right in pairs) / max(len(pairs), 1)
    f1 = sum(2 * len(given & right) / (len(given) + len(right)) for given, right in pairs) / max(len(pairs), 1)
    return Score(precision, recall, f1)


def floor(cases: list[Case]) -> Score:
    """What the most frequent label alone would score."""
    most = Counter(label for case in cases for label in case.right).most_common(1)[0][0]
    return score([(frozenset({most}), case.right) for case in cases])


def country_codes(suggestions: Suggestions) -> frozenset[str]:
    """The countries, the nations of the United Kingdom as GB: the labelled texts know only that."""
    return frozenset(each.code[:2] for each in suggestions.countries)


def country_cases(name: str, taxonomy: Taxonomy, corpus: Path = CORPUS, limit: int | None = None) -> list[Case]:
    """The texts of one labelled file that have a country we can name and none that we cannot; the first `limit`."""
    rows = _rows(corpus / "labelled" / f"{name.split()[0]}.jsonl")
    return list(islice((case for case in _READERS[name](rows, taxonomy) if case.right), limit))


def measure_countries(cases: list[Case], taxonomy: Taxonomy) -> Score:
    return score([(country_codes(suggest(case.document, taxonomy, NETWORK)), case.right) for case in cases])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _reuters(rows: Iterator[dict[str, Any]], taxonomy: Taxonomy) -> Iterator[Case]:
    for row in rows:
        codes = {_code(_REUTERS.get(place, place.replace("-", " ")), taxonomy) for place in row["labels"]["places"]}
        text = re.sub(r"\s+", " ", f"{row.get('dateline') or ''} {row['text']}")
        if None not in codes:
            yield Case(document_of(row["title"], text), frozenset(code for code in codes if code))


def _climate(rows: Iterator[dict[str, Any]], taxonomy: Taxonomy) -> Iterator[Case]:
    for row in rows:
        code = _code(row["labels"]["country_name"], taxonomy)
        if code:
            yield Case(document_of(row["title"], row["text"]), frozenset({code}))


def _outbreaks(rows: Iterator[dict[str, Any]], taxonomy: Taxonomy) -> Iterator[Case]:
    for row in rows:
        codes = {_code(name, taxonomy) for name in row["labels"]["country_names"]}
        if None not in codes:
            yield Case(document_of(row["title"]), frozenset(code for code in codes if code))


def _reuters_beyond(rows: Iterator[dict[str, Any]], taxonomy: Taxonomy) -> Iterator[Case]:
    """Without the two thirds that concern the USA alone and seldom say so: the paper took it for granted."""
    return (case for case in _reuters(rows, taxonomy) if case.right != {"US"})


_READERS: dict[str, Callable[[Iterator[dict[str, Any]], Taxonomy], Iterator[Case]]] = {
    "reuters21578": _reuters,
    "reuters21578 beyond USA": _reuters_beyond,
    "climate-laws": _climate,
    "who-outbreak-headlines": _outbreaks,
}


def _code(name: str, taxonomy: Taxonomy) -> str | None:
    try:
        return taxonomy.country(re.sub(r"\s*\(.*\)$", "", name)).code[:2]
    except UsageError:
        return None


def topics_of(name: str, corpus: Path = CORPUS) -> list[tuple[Document, str]]:
    """Bills or headlines with their topic; '' for a topic that none of our themes lies within."""
    rows = _rows(corpus / "labelled" / f"{name}.jsonl")
    known = _THEMES_OF_TOPICS
    return [
        (
            document_of(row["title"], row["text"]),
            row["labels"]["cap_name"] if row["labels"]["cap_name"] in known else "",
        )
        for row in rows
    ]


def measure_topics(texts: list[tuple[Document, str]], taxonomy: Taxonomy) -> tuple[float, float, float]:
    """Macro-F1 over the topics we have themes for, its floor, and the share of the other texts left without a theme.
    A text's topic is that of the first theme suggested that lies within one; the floor says the commonest always."""
    pairs = [(_topic(suggest(document, taxonomy, NETWORK)), right) for document, right in texts]
    commonest = Counter(right for _, right in pairs if right).most_common(1)[0][0]
    others = [given for given, right in pairs if not right]
    floor_pairs = [(commonest, right) for _, right in pairs]
    return _macro_f1(pairs), _macro_f1(floor_pairs), others.count("") / max(len(others), 1)


def _topic(suggestions: Suggestions) -> str:
    themes = [each.code for each in suggestions.themes]
    return next((topic for theme in themes for topic, ours in _THEMES_OF_TOPICS.items() if theme in ours), "")


def _macro_f1(pairs: list[tuple[str, str]]) -> float:
    total = 0.0
    for topic in _THEMES_OF_TOPICS:
        both = sum(given == right == topic for given, right in pairs)
        either = sum((given == topic) + (right == topic) for given, right in pairs)
        total += 2 * both / max(either, 1)
    return total / len(_THEMES_OF_TOPICS)


def titles_2016(path: Path, taxonomy: Taxonomy) -> Iterator[str]:
    """The 49 titles of a real year, titles alone: no feed, no excerpt, no text."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    given = [suggest(document_of(row["title"]), taxonomy, NETWORK) for row in rows]
    national = [(each, row) for each, row in zip(given, rows, strict=True) if row["code"] in taxonomy.countries]
    yield _line(
        "countries",
        score([(frozenset(c.code for c in each.countries), frozenset({row["code"]})) for each, row in national]),
    )
    themes = [
        (frozenset(t.code for t in each.themes), frozenset(row["themes"].split(";")))
        for each, row in zip(given, rows, strict=True)
    ]
    yield _line("themes", score(themes))
    sections = [
        (each.section, _SECTIONS.get(row["update_section_guess"])) for each, row in zip(given, rows, strict=True)
    ]
    told = [(section.code, right) for section, right in sections if section]
    right = sum(code == wanted for code, wanted in told)
    yield f"sections    {right} of {len(told)} told are right; {len(rows) - len(told)} of {len(rows)} titles tell none"


_SECTIONS = {
    "News": "news",
    "Research": "research",
    "Policy Documents": "policy",
    "Webinars": "webinars",
    "Make it so": "policy",
}


def milliseconds(work: Callable[[], object], times: int = 2000) -> float:
    """The best mean of five rounds."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(times // 5):
            work()
        best = min(best, (time.perf_counter() - start) / (times // 5) * 1000)
    return best


def _line(name: str, found: Score, beside: Score | None = None) -> str:
    text = f"{name:<26} precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}"
    return text if beside is None else f"{text}   floor F1 {beside.f1:.3f}  ×{found.f1 / beside.f1:.1f}"


def main(corpus: Path) -> None:
    taxonomy = load_taxonomy(default_taxonomy_path())
    print("Countries, per text")
    for name in _READERS:
        cases = country_cases(name, taxonomy, corpus)
        print(" ", _line(name, measure_countries(cases, taxonomy), floor(cases)), f"  n={len(cases)}")
    print("Themes, by policy topic (the first theme that lies within one)")
    for name in ("cap-us-bills", "cap-nytimes-headlines"):
        found, least, empty = measure_topics(topics_of(name, corpus), taxonomy)
        print(f"  {name:<26} macro-F1 {found:.3f}   floor {least:.3f}  ×{found / least:.1f}")
        print(f"  {'':<26} without a theme, of the texts on other topics: {empty:.2f}")
    titles = corpus.parent / "iimhl2016.csv"
    if titles.exists():
        print("The 49 titles of 2016, titles alone")
        for line in titles_2016(titles, taxonomy):
            print(" ", line)
    text = " ".join(case.document.text for case in country_cases("climate-laws", taxonomy, corpus)[:20])[:2000]
    document = document_of("Suicide prevention in Scotland and New Zealand", text)
    cost, plain = (
        milliseconds(lambda: suggest(document, taxonomy, NETWORK)),
        milliseconds(lambda: re.findall(r"\w+", text)),
    )
    print(f"Speed: {cost:.3f} ms for {len(text)} characters, ×{cost / plain:.1f} plain word-splitting ({plain:.3f} ms)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
