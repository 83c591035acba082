"""The vocabulary: the default one, what a lookup understands, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import ConfigError, UsageError
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(default_taxonomy_path())


def test_the_default_knows_every_country_and_the_nations_of_the_uk(taxonomy: Taxonomy) -> None:
    nations = {code for code in taxonomy.countries if len(code) > 2}
    assert nations == {"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"}
    assert len(taxonomy.countries) - len(nations) == 249
    assert {len(code) for code in taxonomy.countries} == {2, 6}


def test_the_default_sections_and_headings(taxonomy: Taxonomy) -> None:
    assert list(taxonomy.sections) == [
        "news",
        "research",
        "policy",
        "webinars",
        "gatherings",
        "exchanges",
        "study-visits",
    ]
    assert taxonomy.country_label("US") == "USA"
    organisations = sorted(taxonomy.organisations.values(), key=lambda each: each.order)
    assert [each.label for each in organisations if each.slug in ("who", "wfmh", "oecd", "un", "eu", "wef", "adi")] == [
        "World Health Organization (WHO)",
        "World Federation for Mental Health (WFMH)",
        "OECD",
        "United Nations",
        "European Union",
        "World Economic Forum",
        "Alzheimer's Disease International",
    ]


def test_every_country_can_be_asked_for_by_its_label(taxonomy: Taxonomy) -> None:
    for code, country in taxonomy.countries.items():
        assert taxonomy.country(country.label).code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("SE", "SE"),
        ("se", "SE"),
        ("gb-sct", "GB-SCT"),
        ("Sweden", "SE"),
        ("uk", "GB"),
        ("SCT", "GB-SCT"),
        ("eng", "GB-ENG"),
        ("Cote d’Ivoire", "CI"),
    ],
)
def test_a_country_is_found_by_code_label_or_its_own_alias(taxonomy: Taxonomy, word: str, code: str) -> None:
    assert taxonomy.country(word).code == code


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("SW", "There is no country “SW”. Did you mean SE (Sweden)?"),
        ("Irland", "There is no country “Irland”. Did you mean IE (Ireland)?"),
        ("QQ", "There is no country “QQ”. Use an ISO 3166 code, as SE or GB-SCT."),
        ("", "There is no country “”. Use an ISO 3166 code, as SE or GB-SCT."),
        ("\x1b[31m\n", "There is no country “”. Use an ISO 3166 code, as SE or GB-SCT."),
    ],
)
def test_an_unknown_country_names_the_nearest(taxonomy: Taxonomy, word: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        taxonomy.country(word)
    assert caught.value.message == said


def test_themes_sections_and_audiences_by_slug_or_label(taxonomy: Taxonomy) -> None:
    assert taxonomy.theme("peer-support") is taxonomy.theme("Peer support")
    assert taxonomy.section("Policy documents").slug == "policy"
    assert taxonomy.audience("key-leaders").slug == "key-leaders"
    with pytest.raises(UsageError, match=r"There is no theme “recovry”\. Did you mean recovery"):
        taxonomy.theme("recovry")
    with pytest.raises(UsageError, match=r"There is no section “zz”\. Known: news, research, policy, webinars, "):
        taxonomy.section("zz")
    with pytest.raises(UsageError, match="There is no audience “qqqq”"):
        taxonomy.audience("qqqq")


def test_a_publisher_is_an_organisation_or_its_own_text(taxonomy: Taxonomy) -> None:
    assert taxonomy.publisher_label("oecd") == "OECD"
    assert taxonomy.publisher_label("Te Pou") == "Te Pou"
    assert taxonomy.organisation("Te Pou") is None
    assert taxonomy.organisation(None) is None
    assert taxonomy.country_label("XK") == "XK"


# ---------------------------------------------------------------- files

SMALL = """
version = 1
[[groups]]
slug = "g"
label = "Group"
[[themes]]
slug = "t"
group = "g"
label = "Theme"
keywords = ["theme*"]
[[sections]]
slug = "news"
label = "News"
[[countries]]
code = "SE"
label = "Sweden"
"""


def load(tmp_path: Path, text: str) -> Taxonomy:
    path = tmp_path / "taxonomy.toml"
    path.write_text(text, encoding="utf-8")
    return load_taxonomy(path)


def said_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return [str(each) for each in caught.value.faults]


def test_a_workspace_may_bring_its_own(tmp_path: Path) -> None:
    own = load(tmp_path, SMALL)
    assert list(own.countries) == ["SE"]
    assert own.theme("t").keywords == ("theme*",)
    assert own.audiences == {}


def test_every_fault_of_a_taxonomy_at_once(tmp_path: Path) -> None:
    wrong = (
        SMALL
        + """
[[countrys]]
[[themes]]
slug = "t"
group = "gg"
label = ""
keywords = ["--", "ab*"]
weight = 0.0
[[countries]]
code = "se"
label = "Sverige"
domains = ["https://se/"]
unless = ["NO"]
[[doctypes]]
slug = "Press Release"
label = "Press release"
section = "new"
[[audiences]]
slug = "all"
labl = "All"
"""
    )
    assert sorted(said_of(tmp_path, wrong)) == sorted(
        [
            "countrys: unknown key. Did you mean “countries”?",
            "audiences[0].labl: unknown key. Did you mean “label”?",
            "audiences[0].label: missing. Add it to [[audiences]], the one with “all”.",
            "themes[1].slug: “t” is already themes[0]. Remove one.",
            "themes[1].label: is empty. Give it a name to show.",
            "themes[1].keywords[0]: holds no letter or figure. Remove it.",
            "themes[1].keywords[1]: needs three letters before the *. Write the words out.",
            "themes[1].weight: is 0.0, must be above 0 and at most 10.",
            "themes[1].group: there is no group “gg”. Did you mean “g”?",
            "countries[1].code: is “se”, must be an ISO 3166 code as SE or GB-SCT.",
            "countries[1].domains[0]: is “https://se/”, must be a bare host name as gov.scot.",
            "countries[1].unless[0]: there is no country “NO”.",
            "doctypes[0].slug: is “Press Release”, must be of a-z, 0-9 and -.",
            "doctypes[0].section: there is no section “new”. Did you mean “news”?",
        ]
    )


def test_a_taxonomy_that_extends_curator_s_has_all_of_it_and_its_own(taxonomy: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "taxonomy.toml"
    path.write_text(
        'extends = "curator"\n[[themes]]\nslug = "gambling"\ngroup = "issues"\nlabel = "Gambling"\n'
        '[[countries]]\ncode = "US"\nlabel = "United States"\n',
        encoding="utf-8",
    )
    own = load_taxonomy(path)
    assert list(own.themes) == [*taxonomy.themes, "gambling"]
    assert list(own.countries) == list(taxonomy.countries)
    assert (own.country_label("US"), own.country_label("SE")) == ("United States", "Sweden")
    assert (own.sections, own.language) == (taxonomy.sections, taxonomy.language)


def test_what_extends_another_one_and_names_no_group_of_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "taxonomy.toml"
    path.write_text('extends = "ours"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="extends: must be “curator”"):
        load_taxonomy(path)
    path.write_text(
        'extends = "curator"\n[[themes]]\nslug = "gambling"\ngroup = "isues"\nlabel = "Gambling"\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r"themes\[0\].group: there is no group “isues”"):
        load_taxonomy(path)
