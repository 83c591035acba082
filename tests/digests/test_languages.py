"""Every digest in every language that comes with curator: no English left in another."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

import msgspec
import pytest

from curator.digest.render import render
from curator.digest.rules import broken_rules
from curator.digest.words import PACKAGED
from curator.models import Filed, Rendered
from curator.taxonomy import default_taxonomy_path, load_taxonomy
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, MAIL, NETWORK, PUBLISHERS, TAXONOMY, TEMPLATES, edition, filed, in_language
from tests.digests.test_every_digest import assert_sound

OTHERS = sorted(path.stem for path in PACKAGED.glob("*.toml") if path.stem != "en")
_WORD = re.compile(r"[^\W\d_]+")
_SAME = {"documents", "document", "pages", "page", "research", "canada", "note"}  # words of both


def in_other(slug: str, language: str, folder: Path, documents: list[Filed]) -> Rendered:
    digest = in_language(language, folder)[slug]
    by_id = {each.id: each for each in documents}
    given = edition(digest, documents)
    return render(given, by_id, digest, NETWORK, TAXONOMY, TEMPLATES, mail=MAIL, publishers=PUBLISHERS)


def english() -> set[str]:
    """Every word of four letters or more in English words, months, names of countries and headings of digests."""
    table = tomllib.loads((PACKAGED / "en.toml").read_text(encoding="utf-8"))
    said = [str(forms) for forms in table["words"].values()] + table["dates"]["months"]
    taxonomy = load_taxonomy(default_taxonomy_path())
    said += [each.label for each in taxonomy.countries.values()]
    said += [each.label for each in TAXONOMY.organisations.values()]
    said += [each.label for each in TAXONOMY.sections.values()] + [each.label for each in TAXONOMY.themes.values()]
    for digest in DIGESTS.values():
        said += [digest.name, *(section.label for section in digest.sections)]
        said += re.sub(r"\{\{.*?\}\}", "", f"{digest.subject} {digest.preheader}").split()
    return {word.lower() for each in said for word in _WORD.findall(re.sub(r"\{\w+\}", "", each)) if len(word) > 3}


def own_words(language: str) -> set[str]:
    words = set(_WORD.findall((PACKAGED / f"{language}.toml").read_text(encoding="utf-8").lower()))
    return words | _SAME


def visible(found: Rendered, documents: list[Filed]) -> str:
    """What a reader sees that no document, publisher or network said."""
    html = unescape(re.sub(r"<style>.*?</style>|<!--.*?-->|<[^>]+>", " ", found.html, flags=re.S))
    shown = f"{found.subject}\n{found.preheader}\n{found.text}\n{html}"
    shown = " ".join(re.sub(r"(?m)^> ", "", shown).split())
    theirs = [NETWORK.name, NETWORK.postal, *PUBLISHERS.values(), MAIL.sender, "update@example.org", NETWORK.site]
    theirs += [words for each in documents for words in (each.document.title, each.blurb, each.document.excerpt)]
    for words in sorted(theirs, key=len, reverse=True):
        shown = shown.replace(words, " ").replace(words.partition(" (")[0], " ") if words else shown
    return re.sub(r"https?://\S+", " ", shown).lower()


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_no_english_is_left(slug: str, language: str, tmp_path: Path) -> None:
    topic = "crisis-care" if DIGESTS[slug].topic else None
    documents = sample(topic)
    for given in (documents, documents[:1], []):
        found = in_other(slug, language, tmp_path, given)
        left = english() - own_words(language)
        assert left & set(_WORD.findall(visible(found, given))) == set()
        assert f'lang="{language}"' in found.html


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_it_is_as_sound_as_the_english(slug: str, language: str, tmp_path: Path) -> None:
    assert_sound(in_other(slug, language, tmp_path, sample()))


def test_the_test_would_see_english(tmp_path: Path) -> None:
    found = in_other("update", "fr", tmp_path, sample())
    shown = visible(found, sample()) + " policy documents december"
    assert (english() - own_words("fr")) & set(_WORD.findall(shown))


def test_french_is_set_as_canada_s_federal_institutions_set_it(tmp_path: Path) -> None:
    found = in_other("update", "fr", tmp_path, sample())
    assert "1er décembre 2026" in found.text
    assert "\u00a0: " in found.text  # a no-break space before a colon
    assert "«\u00a0membres\u00a0»" in unescape(found.html)
    assert not re.search(r"[\s\u00a0\u202f][;!?]", re.sub(r"<style>.*?</style>", "", found.text))
    assert "Suède" in found.text
    assert "ÉCOSSE" in found.text or "Écosse" in found.text


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_a_language_from_right_to_left_has_its_rules_at_the_right(slug: str, tmp_path: Path) -> None:
    words = (PACKAGED / "en.toml").read_text(encoding="utf-8").replace('direction = "ltr"', 'direction = "rtl"')
    (tmp_path / "_shared" / "words").mkdir(parents=True)
    (tmp_path / "_shared" / "words" / "ar.toml").write_text(words, encoding="utf-8")
    digest = in_language("ar", tmp_path, msgspec.structs.replace(TAXONOMY, language="ar"))[slug]
    documents = [filed(1, countries=("SE",), excerpt="Said.", themes=("crisis-care",))]
    given = edition(digest, documents, key_messages="- one")
    found = render(given, {1: documents[0]}, digest, NETWORK, TAXONOMY, TEMPLATES, mail=MAIL)
    assert '<html lang="ar" dir="rtl">' in found.html
    for kind in ("quote-in", "key-in"):
        (style,) = re.findall(rf'<td class="{kind}" style="([^"]*)"', found.html)
        assert "border-left:0" in style.replace(" ", "")
        assert "border-right:" in style
    assert broken_rules(found) == []
