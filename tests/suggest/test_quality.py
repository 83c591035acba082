"""How good suggestions are on texts that nobody here wrote: what is reached, with some room."""

from __future__ import annotations

import pytest

from benchmarks import suggest as measure
from curator.taxonomy import default_taxonomy_path, load_taxonomy
from tests.corpus import corpus_path

TAXONOMY = load_taxonomy(default_taxonomy_path())


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("who-outbreak-headlines", 0.97, 0.85),
        ("climate-laws", 0.96, 0.48),
        ("reuters21578 beyond USA", 0.88, 0.84),
    ],
)
def test_countries_are_right_and_found(name: str, precision: float, recall: float) -> None:
    corpus_path("labelled", f"{name.split()[0]}.jsonl")
    cases = measure.country_cases(name, TAXONOMY, limit=1000)
    found = measure.measure_countries(cases, TAXONOMY)
    assert found.precision >= precision
    assert found.recall >= recall
    assert found.f1 > 3 * measure.floor(cases).f1


@pytest.mark.parametrize("name", ["cap-us-bills", "cap-nytimes-headlines"])
def test_themes_beat_the_commonest_topic(name: str) -> None:
    corpus_path("labelled", f"{name}.jsonl")
    found, least, empty = measure.measure_topics(measure.topics_of(name), TAXONOMY)
    assert found > 4 * least
    assert empty > 0.85
