"""The mails look as their kept pictures do, and whatever goes wrong with a layout shows in them.

When a picture differs as it is meant to: `PYTHONPATH=. python -m tests.digests.pictures`, and look at what it wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.digests.pictures import FOLDER, VIEWS, Picture, View, decoded, differences, drawn, encoded, wanted
from tests.digests.test_in_chromium import mail

BUILT = Path(__file__).resolve().parents[2] / "build" / "pictures"
_LIGHT_ONLY = ("@media (prefers-color-scheme: dark)", "@media (prefers-color-scheme: none)")

BROKEN: dict[str, tuple[View, str, str]] = {
    "a column as wide as the window": (VIEWS["wide"], "max-width:560px", "max-width:none"),
    "no margins on a phone": (VIEWS["phone"], "padding: 20px 16px 32px !important", "padding: 20px 0 32px !important"),
    "headings of countries without their space": (VIEWS["phone"], "margin:30px 0 14px", "margin:0 0 14px"),
    "headings of countries without their rule": (VIEWS["phone"], "border-bottom:1px solid #d5cfc5", "border-bottom:0"),
    "quotations no longer set apart": (VIEWS["phone"], "border-left:2px solid #8d867b", "border-left:0"),
    "a box of deadlines without its frame": (VIEWS["phone"], "border:1px solid #7a2e12", "border:0"),
    "small lines as large as the others": (VIEWS["phone"], "font:14px/1.5 Helvetica", "font:16px/1.5 Helvetica"),
    "a faint text": (VIEWS["phone"], "color:#1c1c1c", "color:#777777"),
    "links like text": (VIEWS["phone"], "color:#0a3a6b", "color:#1c1c1c;text-decoration:none"),
    "light in the dark": (VIEWS["dark"], *_LIGHT_ONLY),
    "dark ink on dark ground": (VIEWS["dark"], ".page, td { color: #e9e6e1", ".page, td { color: #333333"),
    "a table that does not shrink": (VIEWS["larger"], 'class="due"', 'width="900"'),
    "a printed column with margins of its own": (VIEWS["paper"], "padding: 0 !important", "padding: 0 90px !important"),
    "a dark screen's ink on paper": (VIEWS["paper"], "@media print {\n  body", "@media none {\n  body"),
}
"""What is wrong, the view that shows it, and how the Update's mail gets it."""


@pytest.fixture(scope="module")
def seen() -> dict[str, Picture]:
    """Everything in one run of the browser: what is kept, broken layouts, and the same in other fonts."""
    views = wanted()
    page = mail("update")
    for fault, (view, right, wrong) in BROKEN.items():
        assert right in page, (fault, right)
        views[fault] = (page.replace(right, wrong), view)
    views["other fonts"] = (page.replace("Georgia", "monospace").replace("Helvetica", "cursive"), VIEWS["phone"])
    return drawn(views)


def test_every_page_looks_as_its_kept_picture(seen: dict[str, Picture]) -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == set(wanted())
    apart = {}
    for name in wanted():
        if found := differences(decoded((FOLDER / f"{name}.png").read_bytes()), seen[name]):
            BUILT.mkdir(parents=True, exist_ok=True)
            (BUILT / f"{name}.png").write_bytes(encoded(seen[name]))
            apart[name] = found[:3]
    assert not apart, f"as seen: {BUILT}; if it is meant: PYTHONPATH=. python -m tests.digests.pictures"


def test_a_broken_layout_shows(seen: dict[str, Picture]) -> None:
    names = {view: name for name, view in VIEWS.items()}
    kept = {fault: FOLDER / f"update-{names[view]}.png" for fault, (view, *_) in BROKEN.items()}
    assert [fault for fault, path in kept.items() if not differences(decoded(path.read_bytes()), seen[fault])] == []


def test_the_fonts_of_a_machine_do_not(seen: dict[str, Picture]) -> None:
    assert seen["other fonts"] == seen["update-phone"]


def test_nor_how_it_draws_an_edge(seen: dict[str, Picture]) -> None:
    for picture in (seen["update-phone"], seen["update-dark"]):
        otherwise = bytes(min(255, max(0, grey + (at * 7 % 11) - 5)) for at, grey in enumerate(picture.grey))
        assert differences(picture, Picture(picture.width, otherwise)) == []
        assert differences(picture, Picture(picture.width, picture.grey[: -picture.width])) == []
        assert differences(picture, Picture(picture.width, picture.grey[: -3 * picture.width]))


def test_a_kept_picture_is_read_as_it_was_written() -> None:
    picture = Picture(3, bytes([0, 127, 255, 1, 2, 3]))
    assert decoded(encoded(picture)) == picture
    assert picture.height == 2
    with pytest.raises(AssertionError):
        decoded(b"\x89PNG")


def test_what_is_kept_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 150_000
