"""The default taxonomy keeps its own word: every alias finds its country alone, every `never` does what it says."""

from __future__ import annotations

import pytest

from tests.suggest.test_suggest import TAXONOMY, countries, themes


@pytest.mark.parametrize("code", TAXONOMY.countries)
def test_names_and_addresses_of_a_country_mean_it_alone(code: str) -> None:
    country = TAXONOMY.countries[code]
    for name in (*country.aliases, *country.case_sensitive):
        assert countries(f"Report of {name} today") == [code], name
    for phrase in country.never:
        assert code not in countries(f"Report of {phrase.rstrip('*').title()} today"), phrase
    for domain in country.domains:
        assert countries("Report", link=f"https://www.{domain}/x") == [code], domain


@pytest.mark.parametrize("slug", TAXONOMY.themes)
def test_keywords_of_a_theme_find_it(slug: str) -> None:
    theme = TAXONOMY.themes[slug]
    for keyword in theme.keywords:
        assert slug in themes(f"notes on {keyword.rstrip('*')} today"), keyword
    for phrase in theme.never:
        assert slug not in themes(f"notes on {phrase.rstrip('*')} today"), phrase
