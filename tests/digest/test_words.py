"""The languages of digests: what comes with curator, what a workspace adds, what is missing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from curator.digest.definitions import load_digests
from curator.digest.render import render
from curator.digest.words import NAMES, PACKAGED, load_words
from curator.errors import ConfigError, TemplateFault
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy
from tests.digest.world import NETWORK, SHARED, TAXONOMY, edition, filed, in_language

ENGLISH, FRENCH = load_words("en", (), "en"), load_words("fr", (), "en")


YEAR = [f"m{number}" for number in range(12)]


def table(language: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((PACKAGED / f"{language}.toml").read_text(encoding="utf-8"))


def places(forms: object) -> set[str]:
    import re

    return set(re.findall(r"\{\w+\}", str(forms)))


@pytest.mark.parametrize("path", sorted(PACKAGED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_language_that_comes_with_curator_is_whole(path: Path) -> None:
    """Every word, with no place the English has not; every name of the default taxonomy."""
    words, english = load_words(path.stem, (), "en"), table("en")["words"]
    assert words.lacks == ()
    assert set(table(path.stem)["words"]) == set(english)
    for word, forms in table(path.stem)["words"].items():
        assert places(forms) <= places(english[word]), word
    taxonomy = load_taxonomy(default_taxonomy_path())
    for name in NAMES:
        assert words.unnamed(name, getattr(taxonomy, name)) == [], name


def test_days_have_no_leading_zero_and_no_locale() -> None:
    first, second = date(2026, 12, 1), date(2026, 2, 2)
    assert (ENGLISH.long_date(first), ENGLISH.short_date(first)) == ("1 December 2026", "1 Dec 2026")
    assert (FRENCH.long_date(first), FRENCH.short_date(second)) == ("1er décembre 2026", "2 févr. 2026")


def test_numbers_take_the_form_of_the_language() -> None:
    forms = ("{count} document", "{count} documents")
    assert [ENGLISH.counted(forms, count) for count in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
    assert [FRENCH.counted(forms, count) for count in (0, 1, 2)] == ["0 document", "1 document", "2 documents"]
    assert ENGLISH.counted("{count} in all", 1) == "1 in all"


def test_names_follow_the_language_unless_the_taxonomy_speaks_it() -> None:
    assert FRENCH.of(TAXONOMY).country_label("SE") == "Suède"
    own = Taxonomy(**{name: getattr(TAXONOMY, name) for name in TAXONOMY.__struct_fields__ if name != "language"})
    assert load_words("fr-CA", (), "fr").of(own).country_label("SE") == "Sweden"
    assert load_words("fr-CA", (), "fr").unnamed("countries", ["XX"]) == []
    assert FRENCH.unnamed("countries", ["SE", "XX"]) == ["XX"]


def test_a_title_s_bracket_is_known_in_both_languages(tmp_path: Path) -> None:
    digest = in_language("fr", tmp_path)["update"]
    documents = [filed(1, "Crisis houses (Scotland)", countries=("GB-SCT",))]
    found = render(edition(digest, documents), {1: documents[0]}, digest, NETWORK, TAXONOMY, tmp_path)
    assert ">Crisis houses</a>" in found.html


def test_a_region_takes_its_language_s_words() -> None:
    assert load_words("fr-CA", (), "en").said["empty"] == FRENCH.said["empty"]
    assert load_words("fr-CA", (), "en").language == "fr-CA"


def test_one_file_adds_a_language_and_a_digest_s_own_words_win(tmp_path: Path) -> None:
    english = (PACKAGED / "en.toml").read_text(encoding="utf-8")
    shared, own = tmp_path / "_shared", tmp_path / "update"
    for folder in (shared, own):
        (folder / "words").mkdir(parents=True)
    (shared / "words" / "sv.toml").write_text(english.replace("Key messages", "Huvudbudskap"), encoding="utf-8")
    (own / "words" / "sv.toml").write_text('[words]\nempty = "Tomt."\nown = "Eget"\n', encoding="utf-8")
    words = load_words("sv", (shared, own), "en")
    assert [words.said[each] for each in ("key_messages", "empty", "own")] == ["Huvudbudskap", "Tomt.", "Eget"]
    assert words.lacks == ()


def test_a_language_without_words_is_a_fault_of_the_digest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        in_language("frr", tmp_path)
    assert "make-it-so/digest.toml: language: there are no words for “frr”" in caught.value.message
    assert "Did you mean “fr”?" in caught.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[dates]\nmonths = ['a']\nmonths_short = ['b']\n", "dates.months: has 1 names. Write twelve."),
        ("[words]\ngap = 3\n", "words.gap: "),
        ("[words]\ndocuments = ['a', 'b', 'c']\n", "words.documents: has 3 forms."),
        (
            "[words]\ngap = 'Inget för {land}'\n",
            "words.gap: has {land}, which nothing fills. Its places are: {country}.",
        ),
        ("[words]\ndocuments = ['{count}', '{antal}']\n", "words.documents: has {antal}"),
        ("[words]\ncontents = '{day.__class__}'\n", "words.contents: has {day.__class__}, which nothing fills"),
        (
            f"[dates]\nmonths = {YEAR}\nmonths_short = {YEAR}\nlong = '{{dag}} {{month}}'\n",
            "dates.long: has {dag}, which nothing fills.",
        ),
        ("[worsd]\n", "worsd"),
        ("direction = 'up'\n", "direction: "),
        ("[words\n", "line 1"),
    ],
)
def test_a_file_of_words_is_checked(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"words/en\.toml") as caught:
        load_words("en", (tmp_path,), "en")
    assert said in caught.value.message


def test_a_word_of_the_file_s_own_may_have_any_place(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text("[words]\nours = 'Hello {you}'\n", encoding="utf-8")
    assert load_words("en", (tmp_path,), "en").said["ours"] == "Hello {you}"


def french_without(folder: Path, *lines: str) -> str:
    """What the check says of a mail in French whose file lacks some lines."""
    folder.joinpath("_shared", "words").mkdir(parents=True)
    text = (PACKAGED / "fr.toml").read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if not line.startswith(lines)]
    folder.joinpath("_shared", "words", "xx.toml").write_text("\n".join(kept), encoding="utf-8")
    digests = in_language("xx", folder)
    documents = [filed(1, countries=("SE",)), filed(2, countries=("AU", "FR"), publisher="who")]
    given = edition(digests["update"], documents)
    with pytest.raises(TemplateFault) as caught:
        render(given, {each.id: each for each in documents}, digests["update"], NETWORK, TAXONOMY, folder)
    return caught.value.message


def test_a_missing_word_is_one_finding_and_no_half_english_mail(tmp_path: Path) -> None:
    assert french_without(tmp_path / "a", "gap =", "also =") == "words/xx.toml: lacks in [words]: also, gap"
    assert french_without(tmp_path / "b", "SE =", "FR =") == "words/xx.toml: lacks in [countries]: SE, FR"
    assert french_without(tmp_path / "c", "who =") == "words/xx.toml: lacks in [organisations]: who"
    both = french_without(tmp_path / "d", "SE =", "who =")
    assert both == "words/xx.toml: lacks in [countries]: SE; [organisations]: who"


def test_a_word_a_template_asks_for_and_no_file_has_is_named(tmp_path: Path) -> None:
    digest = load_digests(SHARED.parent, TAXONOMY)[0]["update"]
    in_language("en", tmp_path)
    (tmp_path / "update" / "body.html.j2").write_text("{{ words.empti }}", encoding="utf-8")
    with pytest.raises(TemplateFault) as caught:
        render(edition(digest), {}, digest, NETWORK, TAXONOMY, tmp_path)
    assert caught.value.message == (
        "update/body.html.j2:1: there is no word “empti” in the words of “en”. Did you mean “empty”?"
    )


def test_a_label_for_a_section_the_digest_has_not_is_a_fault(tmp_path: Path) -> None:
    in_language("en", tmp_path)
    with (tmp_path / "update" / "digest.toml").open("a", encoding="utf-8") as file:
        file.write('\n[languages.sv]\nsections = { newz = "Nyheter" }\n')
    fault = load_digests(tmp_path, TAXONOMY)[1]["update"].message
    assert "languages.sv.sections.newz: is no section of the digest" in fault
