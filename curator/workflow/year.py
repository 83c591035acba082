"""A year's list: everything that was mailed, as the network publishes it each January.

By country first, then what international organisations issued, then webinars, then the editions that are about one
theme: the order and the columns of IIMHL's lists of documents circulated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import msgspec

from curator.clean import plain_line
from curator.deliver.people import guarded
from curator.errors import UsageError
from curator.models import Edition, Seated
from curator.suggest import doctype_of
from curator.workflow.workspace import Workspace

BY_COUNTRY, INTERNATIONAL, WEBINARS = "Policy Documents", "International reports", "Webinars"
_WEBINARS = "webinars"  # the section that has a heading of its own in the list


class YearRow(msgspec.Struct, frozen=True):
    """A line of the list. `code` is a country's, an organisation's slug, or '' where neither is known; `section` the
    heading it stands under, `update_section` the section in which it was mailed, where IIMHL's list of 2016 has
    `update_section_guess`; `themes` with `;` between; `note` names the edition."""

    title: str
    country_or_organisation: str
    section: str
    code: str
    update_section: str
    doc_type: str
    themes: str
    note: str


def year(workspace: Workspace, number: int) -> list[YearRow]:
    """The list of a year: each document that stands in a sealed or sent edition of it once, where it was mailed first.
    Raises UsageError for what is no year, ConfigError for the faulty digest.toml of what was mailed in it."""
    if not 1 <= number <= 9999:
        raise UsageError(f"{number} is no year. Write it as 2026.")
    editions = [one for one in workspace.library.editions.all() if one.status != "draft" and one.date.year == number]
    if faulty := {one.digest for one in editions} & workspace.faulty_digests.keys():
        raise workspace.faulty_digests[min(faulty)]
    about = {slug: digest for slug, digest in workspace.digests.items() if digest.topic}
    seen: dict[int, Seated] = {}
    for seat in workspace.library.coverage.mailed():
        if seat.on.year == number and seat.digest not in about:
            seen.setdefault(seat.covered.document, seat)
    rows = sorted((_row(workspace, seat) for seat in seen.values()), key=lambda row: _rank(workspace, row))
    topics = sorted(
        (one for one in editions if one.digest in about), key=lambda one: (one.date, one.digest, one.number)
    )
    return [*rows, *(_topic_row(workspace, one) for one in topics)]


def _row(workspace: Workspace, seat: Seated) -> YearRow:
    taxonomy, covered = workspace.taxonomy, seat.covered
    code = seat.group or next(iter(covered.countries), covered.publisher or "")
    organisation = taxonomy.organisation(code)
    place = organisation.label if organisation else taxonomy.country_label(code)
    heading = WEBINARS if seat.section == _WEBINARS else BY_COUNTRY if code in taxonomy.countries else INTERNATIONAL
    section = taxonomy.sections.get(seat.section)
    return YearRow(
        title=plain_line(covered.title),
        country_or_organisation=plain_line(place),
        section=heading,
        code=plain_line(code),
        update_section=section.label if section else seat.section,
        doc_type=doctype_of(covered.title, taxonomy),
        themes=";".join(covered.themes),
        note=seat.edition,
    )


def _topic_row(workspace: Workspace, one: Edition) -> YearRow:
    short, digest = workspace.config.network.short, workspace.digest(one.digest)
    title = plain_line(one.subject or one.topic or one.id)
    return YearRow(title, short, digest.name, short.lower(), digest.name, "briefing", one.topic or "", one.id)


def _rank(workspace: Workspace, row: YearRow) -> tuple[int, int]:
    """Members in the network's order, then the other countries, then organisations, each in the taxonomy's order;
    webinars as they were mailed."""
    taxonomy = workspace.taxonomy
    order = [*workspace.config.network.countries, *taxonomy.countries, *taxonomy.organisations]
    place = order.index(row.code) if row.code in order else len(order)
    return (BY_COUNTRY, INTERNATIONAL, WEBINARS).index(row.section), 0 if row.section == WEBINARS else place


def year_csv(rows: Iterable[YearRow]) -> str:
    """With a header; a cell that a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = YearRow.__struct_fields__
    writer.writerow(names)
    writer.writerows([guarded(str(getattr(row, name))) for name in names] for row in rows)
    return out.getvalue()
