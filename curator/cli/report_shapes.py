"""The shapes of `report … --json`. Pure; what is said at the head of `shapes` holds here too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curator.cli.shapes import instant

if TYPE_CHECKING:
    from curator.workflow.report import Coverage
    from curator.workflow.silence import LastSeat, Silence
    from curator.workflow.year import YearRow

Shape = dict[str, Any]


def coverage(found: Coverage) -> Shape:
    """Cells with nothing in them are not named."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "documents": found.documents,
        "months": [{"month": month, "documents": found.in_month.get(month, 0)} for month in found.months],
        "countries": [{"code": code, "documents": found.by_country.get(code, 0)} for code in found.countries],
        "themes": [{"slug": slug, "documents": found.by_theme.get(slug, 0)} for slug in found.themes],
        "cells": [
            {"theme": theme, "country": code, "documents": count, "months": dict(found.by_month[theme, code])}
            for theme in found.themes
            for code in found.countries
            if (count := found.cells.get((theme, code), 0))
        ],
    }


def silence(one: Silence) -> Shape:
    return {
        "country": one.country,
        "digest": one.digest,
        "last": _last(one.last),
        "missed": one.last.missed,
        "sections": [{"section": slug, "last": _last(last), "missed": last.missed} for slug, last in one.sections],
        "feeds": one.feeds,
        "ill": [
            {"feed": feed.slug, "health": health.condition, "error": health.reason, "since": instant(health.since)}
            for feed, health in one.ill
        ],
    }


def _last(last: LastSeat) -> Shape | None:
    return {"number": last.number, "date": last.on.isoformat()} if last.on else None


def year_row(row: YearRow) -> Shape:
    said = {name: getattr(row, name) for name in row.__struct_fields__}
    return said | {"themes": row.themes.split(";") if row.themes else []}
