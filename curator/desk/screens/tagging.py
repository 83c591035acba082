"""What can be chosen for a document, suggested first, then what was taken lately, and what a choice changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from curator.desk.widgets.choices import Choice
from curator.desk.widgets.words import short_country
from curator.models import Axis, Filed, Suggested, Suggestions
from curator.taxonomy import Taxonomy
from curator.workflow.triage import Tagging

LATELY = 5
"""How many of those taken last stand before the others."""


def choices_of(
    axis: Axis, taxonomy: Taxonomy, members: Sequence[str], suggested: Suggestions, lately: Sequence[str] = ()
) -> list[Choice]:
    """Everything an axis knows: suggested first, then what was taken `lately`, members of the network before other
    countries."""
    match axis:
        case "country":
            return _suggested_first(_lately_first(_countries(taxonomy, members), lately), suggested.countries)
        case "theme":
            return _suggested_first(_lately_first(_themes(taxonomy), lately), suggested.themes)
        case "audience":
            return _lately_first((Choice(one.slug, one.label) for one in taxonomy.audiences.values()), lately)


def group_choices(taxonomy: Taxonomy) -> list[Choice]:
    """The groups of themes, each with some that are in it."""
    return [
        Choice(
            one.slug, one.label, ", ".join(each.label for each in taxonomy.themes.values() if each.group == one.slug)
        )
        for one in taxonomy.groups.values()
    ]


def taken_lately(before: Mapping[str, tuple[str, ...]], axis: Axis, taken: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By axis, the latest first, with what is taken now before what was taken before."""
    order = dict.fromkeys((*reversed(taken), *before.get(axis, ())))
    return {**before, axis: tuple(order)[:LATELY]}


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
        group = taxonomy.group_label(theme.group)
        yield Choice(theme.slug, theme.label, hint=group, words=f"{group} {' '.join(theme.keywords)}")


def _lately_first(choices: Iterable[Choice], lately: Sequence[str]) -> list[Choice]:
    order = {code: place for place, code in enumerate(lately)}
    marked = [replace(one, hint="used lately") if one.code in order else one for one in choices]
    return sorted(marked, key=lambda one: order.get(one.code, len(order)))


def _suggested_first(choices: Iterable[Choice], suggested: Sequence[Suggested]) -> list[Choice]:
    reasons = {one.code: one.reason for one in suggested}
    order = {code: place for place, code in enumerate(reasons)}
    marked = [
        Choice(one.code, one.label, reasons.get(one.code, one.hint), one.words, one.code in reasons, one.mark)
        for one in choices
    ]
    return sorted(marked, key=lambda one: order.get(one.code, len(order)))
