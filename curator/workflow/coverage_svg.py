"""A coverage as a picture: SVG that is read in light and dark, by eye and by screen reader. Pure.

The same cells as at the desk: the fuller, the stronger, with the count in it; silence is an outlined empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape

from curator.clean import columns, plain_line
from curator.taxonomy import Taxonomy
from curator.workflow.report import Cell, Coverage, column_label, shade, short_column, theme_label

CELL, ROW, GAP = 46, 28, 3
EDGE, LETTER = 24, 7.2
"""Pixels: the white around, and about what a letter of 13 pixels takes."""
_LONGEST = 44
_MONTH_BARS = 48

LIGHT = {
    "paper": "#fbfaf7", "ink": "#24292e", "dim": "#5d656d", "line": "#c3c8cc",
    "1": "#d5e6ec", "2": "#9fc8d6", "3": "#2d7a94", "4": "#14495c",
    "on-1": "#24292e", "on-2": "#1b2227", "on-3": "#ffffff", "on-4": "#ffffff",
}  # fmt: skip
DARK = {
    "paper": "#16191d", "ink": "#d6d9dc", "dim": "#9aa1a8", "line": "#3f474e",
    "1": "#203d48", "2": "#2f6172", "3": "#7fb4c6", "4": "#c3e4ef",
    "on-1": "#e3e6e8", "on-2": "#ffffff", "on-3": "#10161a", "on-4": "#10161a",
}  # fmt: skip
"""Of both, every figure stands out from its cell by at least 4.5 : 1 (WCAG 2.2, 1.4.3)."""


def coverage_svg(found: Coverage, taxonomy: Taxonomy, network: str) -> str:
    """The picture as one SVG document, without scripts, fonts or anything from elsewhere."""
    labels = {theme: plain_line(theme_label(theme, taxonomy), 200) for theme in found.themes}
    left = EDGE + round(max((columns(_cut(label)) for label in labels.values()), default=0) * LETTER) + 16
    width = max(left + (len(found.countries) + 1) * CELL + EDGE, 560)
    top, rows = 104, len(found.themes)
    months_at = top + rows * ROW + ROW + 30
    height = months_at + _MONTH_BARS + 64
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'role="img" aria-labelledby="title desc">',
        f'<title id="title">{_said(_title(found, network))}</title>',
        f'<desc id="desc">{_said(described(found, taxonomy))}</desc>',
        f"<style>{_style()}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *_head(found, network),
        *_columns(found, taxonomy, left, top),
        *(line for n, theme in enumerate(found.themes) for line in _row(found, taxonomy, labels, theme, left, top, n)),
        *_sums(found, left, top + rows * ROW + 8),
        *_months(found, left, months_at),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def described(found: Coverage, taxonomy: Taxonomy) -> str:
    """The picture in sentences, for who does not see it."""
    if not found.documents:
        return "Nothing was kept in these months: every cell is empty."
    fullest = max(found.cells, key=lambda cell: found.cells[cell])
    silent = [column_label(code, taxonomy) for code in found.countries if not found.by_country.get(code)]
    missing = [theme_label(theme, taxonomy) for theme in found.themes if not found.by_theme.get(theme)]
    said = [
        f"{len(found.themes)} themes by {len(found.countries)} countries and groups.",
        f"The fullest cell is {_named(fullest, taxonomy)} with {_many(found.cells[fullest])}.",
        f"Nothing from {', '.join(silent)}." if silent else "Every country has something.",
        f"Nothing on {', '.join(missing)}." if missing else "Every theme has something.",
    ]
    return " ".join(said)


def _title(found: Coverage, network: str) -> str:
    return f"{network}: {_many(found.documents)} kept, {_month(found.since)} to {_month(found.until)}"


def _many(count: int) -> str:
    return f"{count:,} document{'s' * (count != 1)}"


def _month(day: date) -> str:
    return f"{day:%b %Y}"


def _named(cell: Cell, taxonomy: Taxonomy) -> str:
    return f"{theme_label(cell[0], taxonomy)} · {column_label(cell[1], taxonomy)}"


# ---------------------------------------------------------------- parts


def _head(found: Coverage, network: str) -> Iterator[str]:
    yield f'<text class="strong" x="{EDGE}" y="38">{_said(_title(found, network))}</text>'
    yield f'<text class="small" x="{EDGE}" y="60">fewer</text>'
    for level in range(1, 5):
        x = EDGE + 42 + (level - 1) * 20
        yield f'<rect class="c{level}" x="{x}" y="50" width="16" height="12" rx="2"/>'
    yield f'<text class="small" x="{EDGE + 126}" y="60">more</text>'
    yield f'<rect class="silent" x="{EDGE + 176.5}" y="50.5" width="15" height="11" rx="2"/>'
    yield f'<text class="small" x="{EDGE + 200}" y="60">silence</text>'


def _columns(found: Coverage, taxonomy: Taxonomy, left: int, top: int) -> Iterator[str]:
    for n, code in enumerate(found.countries):
        name = f"<title>{_said(column_label(code, taxonomy))}</title>{_said(short_column(code))}"
        yield f'<text class="name" x="{_middle(left, n)}" y="{top - 10}">{name}</text>'
    yield f'<text class="total" x="{_right(left, found)}" y="{top - 10}">all</text>'


def _row(
    found: Coverage, taxonomy: Taxonomy, labels: Mapping[str, str], theme: str, left: int, top: int, n: int
) -> Iterator[str]:
    y, total = top + n * ROW, found.by_theme.get(theme, 0)
    label = f"<title>{_said(labels[theme])}</title>{_said(_cut(labels[theme]))}"
    yield f'<text class="{"label" if total else "label none"}" x="{left - 14}" y="{y + 18}">{label}</text>'
    for column, code in enumerate(found.countries):
        yield from _cell((theme, code), found, taxonomy, left + column * CELL, y)
    if total:
        yield f'<text class="total" x="{_right(left, found)}" y="{y + 18}">{total:,}</text>'


def _cell(cell: Cell, found: Coverage, taxonomy: Taxonomy, x: int, y: int) -> Iterator[str]:
    count = found.cells.get(cell, 0)
    named = f"<title>{_said(f'{_named(cell, taxonomy)}: {_many(count)}')}</title>"
    if not count:
        size = f'x="{x + 0.5}" y="{y + 0.5}" width="{CELL - GAP - 1}" height="{ROW - GAP - 1}" rx="3"'
        yield f'<rect class="silent" {size}>{named}</rect>'
        return
    level = shade(count, max(found.cells.values()))
    yield f'<rect class="c{level}" x="{x}" y="{y}" width="{CELL - GAP}" height="{ROW - GAP}" rx="3">{named}</rect>'
    yield f'<text class="n{level}" x="{x + (CELL - GAP) / 2:g}" y="{y + 17}">{count:,}</text>'


def _sums(found: Coverage, left: int, y: int) -> Iterator[str]:
    yield f'<text class="label none" x="{left - 14}" y="{y + 14}">all</text>'
    for n, code in enumerate(found.countries):
        yield f'<text class="sum" x="{_middle(left, n)}" y="{y + 14}">{found.by_country.get(code, 0):,}</text>'
    yield f'<text class="total" x="{_right(left, found)}" y="{y + 14}">{found.documents:,}</text>'


def _months(found: Coverage, left: int, y: int) -> Iterator[str]:
    """A bar for each month, from the left edge of the grid to its right."""
    most = max(found.in_month.values(), default=0)
    step = min(len(found.countries) * CELL / max(len(found.months), 1), CELL)
    yield f'<text class="label none" x="{left - 14}" y="{y + _MONTH_BARS}">by month</text>'
    for n, month in enumerate(found.months):
        first = date.fromisoformat(f"{month}-01")
        count, x = found.in_month.get(month, 0), left + n * step
        tall = max(round(_MONTH_BARS * count / most), 2) if count else 0
        named = f"<title>{_said(f'{_month(first)}: {_many(count)}')}</title>"
        bar = f'x="{x:g}" y="{y + _MONTH_BARS - tall}" width="{max(step - GAP, 1):g}" height="{tall}"'
        yield f'<rect class="bar" {bar}>{named}</rect>'
        if step >= 24:
            at = f'class="small mid" x="{x + (step - GAP) / 2:g}"'
            yield f'<text {at} y="{y + _MONTH_BARS + 16}">{first:%b}</text>'
            yield f'<text {at} y="{y + _MONTH_BARS - tall - 4}">{count or ""}</text>'


def _middle(left: int, column: int) -> str:
    return f"{left + column * CELL + (CELL - GAP) / 2:g}"


def _right(left: int, found: Coverage) -> int:
    return left + len(found.countries) * CELL + CELL - GAP - 4


# ---------------------------------------------------------------- colours and words


def _style() -> str:
    dark = "".join(_rules(DARK))
    return f"{_FIXED}{''.join(_rules(LIGHT))}@media (prefers-color-scheme: dark) {{{dark}}}"


_FIXED = (
    "text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-variant-numeric:tabular-nums}"
    ".strong{font-weight:600;font-size:15px}.small{font-size:11px}.label,.total{text-anchor:end}"
    ".name,.sum,.mid,.n1,.n2,.n3,.n4{text-anchor:middle}.name{font-weight:600}.silent{fill:none;stroke-width:1}"
)


def _rules(colours: Mapping[str, str]) -> Iterator[str]:
    yield f".paper{{fill:{colours['paper']}}}text{{fill:{colours['ink']}}}"
    yield f".small,.none,.total,.sum{{fill:{colours['dim']}}}"
    yield f".silent{{stroke:{colours['line']}}}.bar{{fill:{colours['3']}}}"
    for level in "1234":
        yield f".c{level}{{fill:{colours[level]}}}.n{level}{{fill:{colours[f'on-{level}']}}}"


def _said(text: str) -> str:
    return escape(plain_line(text))


def _cut(text: str) -> str:
    """As much as there is room for; the whole of it is the text's title."""
    if columns(text) <= _LONGEST:
        return text
    while columns(text) > _LONGEST - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
