"""Dictionaries: what comes with curator, what a machine brings, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.lint import Lint
from curator.lint.dictionaries import Dictionaries, package_of
from curator.lint.distance import distance, one_change
from tests.lint.world import network, passage

BRITISH = """
    organisation organised centre centred colour behavioural programme travelled counselling catalogue analyse practise
    licence defence paediatric fulfil enrolment mental
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dictionaries:
    """A machine without dictionaries of its own, but for a Swedish one of four words where DICPATH says."""
    monkeypatch.setattr("curator.lint.dictionaries.SYSTEM", ())
    (tmp_path / "sv_SE.aff").write_text("SET UTF-8\nSFX A Y 1\nSFX A 0 en .\n", encoding="utf-8")
    (tmp_path / "sv_SE.dic").write_text("4\nhälsa\nvård/A\npsykisk\nstrategi\n", encoding="utf-8")
    (tmp_path / "nl_NL.dic").write_text("1\nzorg\n", encoding="utf-8")  # its .aff is missing
    return Dictionaries({"DICPATH": str(tmp_path)})


def test_english_comes_along_and_reads_british_spellings_too(bare: Dictionaries) -> None:
    english = bare.speller("en")
    assert english
    for word in BRITISH.split():
        assert english.knows(word), word
    for word in ("organistaion", "memebrs", "colur", "programe", "centr", "xyzzyise"):
        assert not english.knows(word), word


def test_a_language_of_the_machine_is_read_with_its_endings(bare: Dictionaries) -> None:
    swedish = bare.speller("sv")
    assert swedish and swedish.knows("vården") and not swedish.knows("vorden")
    lint = Lint(network(), speller=bare.speller)
    (one,) = lint.findings([passage("Psykisk hälsa, vården och en strattegi", language="sv")])
    assert one.spot and (one.spot.quoted, one.spot.mend) == ("strattegi", "strategi")


def test_a_language_without_a_dictionary_is_passed_over(bare: Dictionaries) -> None:
    assert bare.speller("nl") is None and bare.speller("fi") is None
    assert Lint(network(), speller=bare.speller).findings([passage("Een zorgplan voor iederen", language="nl")]) == []
    assert [package_of(language) for language in ("en", "sv", "nl", "nb", "fi")] == [
        "hunspell-en-gb",
        "hunspell-sv",
        "hunspell-nl",
        "hunspell-no",
        "",
    ]


def test_words_that_a_dictionary_cannot_hold_are_not_in_it(bare: Dictionaries) -> None:
    english = bare.speller("en")
    assert english and not english.knows("健康") and not english.knows("zdraví")


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("care", "care", 0),
        ("care", "acre", 1),
        ("form", "from", 1),
        ("care", "cares", 1),
        ("care", "core", 1),
        ("a", "bcd", 3),
        ("care", "race", 2),
    ],
)
def test_how_far_words_are_apart(one: str, other: str, far: int) -> None:
    assert distance(one, other, 5) == distance(other, one, 5) == far
    assert distance(one, other, 0) == min(far, 1)


def test_every_word_one_change_away_is_one_change_away() -> None:
    for kind in one_change("carre"):
        assert {distance("carre", word, 3) for word in kind} == {1}
