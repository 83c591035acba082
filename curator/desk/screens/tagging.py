"""What can be chosen for a document, suggested first, and what a choice changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.desk.widgets.choices import Choice
from curator.desk.widgets.words import short_country
from curator.models import Axis, Filed, Suggested, Suggestions
from curator.taxonomy import Taxonomy
from curator.workflow.triage import Tagging


def choices_of(axis: Axis, taxonomy: Taxonomy, members: Sequence[str], suggested: Suggestions) -> list[Choice]:
    """Everything an axis knows: suggested first, members of the network before other countries."""
    match axis:
        case "country":
            return _suggested_first(_countries(taxonomy, members), suggested.countries)
        case "theme":
            return _suggested_first(_themes(taxonomy), suggested.themes)
        case "audience":
            return [Choice(one.slug, one.label) for one in taxonomy.audiences.values()]


def section_choices(taxonomy: Taxonomy, suggested: Suggested | None, default: str | None) -> list[Choice]:
    """The sections, the suggested one first; '' takes the editor's word back."""
    choices = _suggested_first(
        (Choice(one.slug, one.label) for one in taxonomy.sections.values()), (suggested,) if suggested else ()
    )
    label = taxonomy.sections[default].label if default in taxonomy.sections else "none"
    return [*choices, Choice("", f"As the feed says: {label}")]


def taken_of(axis: Axis, filed: Filed) -> tuple[str, ...]:
    match axis:
        case "country":
            return filed.countries
        case "theme":
            return filed.review.themes
        case "audience":
            return filed.review.audiences


def tagging_of(axis: Axis, before: Sequence[str], after: Sequence[str]) -> Tagging:
    """What choosing changed."""
    added = tuple(code for code in after if code not in before)
    removed = tuple(code for code in before if code not in after)
    match axis:
        case "country":
            return Tagging(countries=added, no_countries=removed)
        case "theme":
            return Tagging(themes=added, no_themes=removed)
        case "audience":
            return Tagging(audiences=added, no_audiences=removed)


def _countries(taxonomy: Taxonomy, members: Sequence[str]) -> Iterable[Choice]:
    others = sorted(
        (one for one in taxonomy.countries.values() if one.code not in members), key=lambda one: (one.order, one.label)
    )
    for country in [*(taxonomy.country(code) for code in members), *others]:
        words = " ".join((*country.aliases, *country.case_sensitive))
        yield Choice(country.code, country.label, words=words, mark=short_country(country.code))


def _themes(taxonomy: Taxonomy) -> Iterable[Choice]:
    for theme in taxonomy.themes.values():
        group = taxonomy.groups[theme.group].label if theme.group in taxonomy.groups else ""
        yield Choice(theme.slug, theme.label, hint=group, words=f"{group} {' '.join(theme.keywords)}")


def _suggested_first(choices: Iterable[Choice], suggested: Sequence[Suggested]) -> list[Choice]:
    reasons = {one.code: one.reason for one in suggested}
    order = {code: place for place, code in enumerate(reasons)}
    marked = [
        Choice(one.code, one.label, reasons.get(one.code, one.hint), one.words, one.code in reasons, one.mark)
        for one in choices
    ]
    return sorted(marked, key=lambda one: order.get(one.code, len(order)))
