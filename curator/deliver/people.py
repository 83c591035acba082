"""Subscribers as a CSV file, in and out. Pure: bytes and text, no file is opened here.

A cell that a spreadsheet would run as a formula (`=`, `+`, `-`, `@` at its start) leaves with an apostrophe before it,
which spreadsheets hide, and loses it on the way back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from curator.clean import fold, plain_line
from curator.decode import did_you_mean
from curator.deliver.address import parse_address
from curator.errors import Fault, UsageError
from curator.models import Subscriber, mailbox_of

COLUMNS = Subscriber.__struct_fields__
_ALIASES = {"email", "e mail", "mail", "email address", "e mail address"}  # as `fold` leaves them
_FORMULA = re.compile(r"'*[=+\-@]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_RESAVE = "save it again as “CSV UTF-8”"


class _Row(msgspec.Struct, frozen=True):
    line: int
    cells: tuple[str, ...]


def decode_csv(data: bytes) -> str:
    """A file's bytes as text, a byte order mark taken off. Raises UsageError for anything but UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"The subscriber file is UTF-16 (“Unicode text”): {_RESAVE}.")
    if data.startswith(b"PK\x03\x04"):
        raise UsageError(f"The subscriber file is a spreadsheet, not CSV: {_RESAVE}.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"The subscriber file is not UTF-8 (byte 0x{data[error.start]:02X} in line {line}): {_RESAVE}."
        ) from None


def read_subscribers(text: str) -> tuple[list[Subscriber], list[Fault]]:
    """The subscribers of a CSV text and all its faults, with line numbers; with any fault, import none of them.

    Commas, semicolons (Excel in much of Europe) or tabs. Columns in any order; `address` is required; empty lines are
    passed over. Whether the lists and countries exist is for the caller to say.
    """
    rows, faults = _rows(text.removeprefix("\ufeff"))
    if not rows:
        return [], faults or [
            Fault("", "The file is empty", f"Its first line names the columns: {', '.join(COLUMNS)}.")
        ]
    columns, header_faults = _header(rows[0])
    faults += header_faults
    if "address" not in columns:
        return [], faults
    people: list[Subscriber] = []
    seen: dict[str, int] = {}
    for row in rows[1:]:
        person, fault = _person(row, columns, seen)
        people += [person] if person else []
        faults += [fault] if fault else []
    return people, faults


def write_subscribers(subscribers: Iterable[Subscriber]) -> str:
    """CSV with every column, that `read_subscribers` reads back to the same; add a byte order mark for Excel."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in subscribers:
        cells = (" ".join(cell) if isinstance(cell := getattr(person, name), tuple) else cell for name in COLUMNS)
        writer.writerow([guarded(plain_line(cell)) for cell in cells])
    return out.getvalue()


# ---------------------------------------------------------------- reading


def _rows(text: str) -> tuple[list[_Row], list[Fault]]:
    """The rows that hold anything, each with the line it begins on."""
    text, delimiter, skipped = _delimited(text)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1 + skipped
        return [], [Fault(f"line {line}", "a NUL byte: the file is damaged or not CSV", f"Please {_RESAVE}.")]
    rows: list[_Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1 + skipped
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_Row(begins, tuple(cells)))
            begins = reader.line_num + 1 + skipped
    except csv.Error as error:
        what = f"quotation marks that do not fit ({plain_line(str(error))})"
        return rows, [Fault(f"line {begins}", what, 'A " within a quoted cell is written twice.')]
    return rows, []


def _delimited(text: str) -> tuple[str, str, int]:
    """The text without Excel's `sep=;` line, its delimiter, and how many lines were taken off."""
    if match := _SEPARATOR_LINE.match(text):
        return text[match.end() :], match[1], 1
    header = text.lstrip().partition("\n")[0]
    return text, max(",;\t", key=lambda mark: len(_known(header.split(mark)))), 0


def _known(names: Sequence[str]) -> list[str]:
    return [name for each in names if (name := _column(each)) in COLUMNS]


def _column(cell: str) -> str:
    return plain_line(cell).strip("\"' ").lower()


def _header(row: _Row) -> tuple[tuple[str, ...], list[Fault]]:
    names = tuple(_column(cell) for cell in row.cells)
    return names, list(_header_faults(names, f"line {row.line}"))


def _header_faults(names: Sequence[str], where: str) -> Iterator[Fault]:
    if "address" not in names and any("@" in name for name in names):
        yield Fault(where, "the names of the columns are missing", f"The first line is: {','.join(COLUMNS)}.")
        return
    for name in names:
        if name and name not in COLUMNS:
            mend = "Did you mean “address”?" if fold(name) in _ALIASES else did_you_mean(name, COLUMNS)
            yield Fault(where, f"unknown column “{plain_line(name, 60)}”", mend or f"Known are {', '.join(COLUMNS)}.")
    for name in COLUMNS:
        if names.count(name) > 1:
            yield Fault(where, f"the column “{name}” stands there twice")
    if "address" not in names:
        yield Fault(where, "there is no column “address”")


def _person(row: _Row, columns: Sequence[str], seen: dict[str, int]) -> tuple[Subscriber | None, Fault | None]:
    """One row as a subscriber or what is wrong with it; `seen` maps mailboxes to their lines and is added to."""
    where = f"line {row.line}"
    if any(cell.strip() for cell in row.cells[len(columns) :]):
        return None, Fault(
            where, f"{len(row.cells)} cells, but {len(columns)} columns", "A cell with a comma needs quotes."
        )
    cells = {name: _unguarded(cell.strip()) for name, cell in zip(columns, row.cells, strict=False)}
    try:
        address = parse_address(cells.get("address", ""))
    except UsageError as error:
        return None, Fault(where, error.message.rstrip("."))
    first = seen.setdefault(mailbox_of(address), row.line)
    if first != row.line:
        return None, Fault(where, f"“{address}” stands in line {first} already", "Keep one of the two.")
    texts = {name: plain_line(cells.get(name, "")) for name in COLUMNS if name not in ("address", "lists")}
    lists = tuple(dict.fromkeys(plain_line(cells.get("lists", "")).split()))
    if bad := next((each for each in lists if re.search("[,;|]", each)), ""):
        return None, Fault(where, f"“{plain_line(bad, 60)}” is no name of a list", "Separate lists by spaces.")
    return Subscriber(address=address, lists=lists, **texts), None


# ---------------------------------------------------------------- cells a spreadsheet would run


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
