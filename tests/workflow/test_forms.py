"""Forms of an edition: from the library while it is a draft, then from what was sealed; files and their names."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from curator.errors import LibraryError, TemplateFault, UsageError
from curator.workflow import edition as verbs
from curator.workflow import triage
from curator.workflow.forms import FORMS, Form, export, written
from curator.workflow.packaged import packaged_templates
from curator.workflow.triage import Tagging
from curator.workflow.workspace import Workspace
from tests.browser import browser
from tests.workflow.world import drafted, seal_as_before, sealed

QUICK: list[Form] = [form for form in FORMS if form != "pdf"]


def tag(desk: Workspace, document: int, **said: str) -> None:
    triage.tag(desk, [triage.show(desk, document)], Tagging(**said))  # type: ignore[arg-type]


def every(desk: Workspace) -> dict[Form, bytes]:
    return {form: export(desk, "update-1", form).data for form in QUICK}


def test_every_form_has_a_name_and_a_media_type_of_its_own(desk: Workspace) -> None:
    tag(desk, 1, deadline="2026-10-05 17:00 Vancouver")
    drafted(desk)
    made = {form: export(desk, "update-1", form) for form in QUICK}
    assert len({one.name for one in made.values()}) == len(made)
    assert all(one.name.startswith("update-1.") and one.data and not one.sealed for one in made.values())
    assert b"DTSTART;TZID=America/Vancouver:20261005T170000" in made["ics"].data
    for form in ("json", "csl"):
        json.loads(made[form].data)


def test_a_sealed_edition_stays_what_it_was_whatever_comes_after(desk: Workspace, folder: Path) -> None:
    tag(desk, 1, deadline="2026-10-05")
    sealed(desk)
    before = every(desk)
    tag(desk, 1, deadline="2026-10-09", blurb="Other words.", section="news")
    triage.decide(desk, [triage.show(desk, 2)], "dropped")
    with desk.library.write():
        desk.library._store.run("UPDATE documents SET title = 'Another title', link = 'https://example.org/other'")
    shutil.copytree(packaged_templates(), folder / "templates")
    (folder / "templates" / "update" / "body.html.j2").write_text("<p>Another page</p>")
    assert every(desk) == before
    assert all(export(desk, "update-1", form).sealed for form in QUICK)
    desk.library.editions.put(replace(verbs.find(desk, "update-1"), status="sent", sent_at=desk.now()))
    assert every(desk) == before


def test_a_seal_taken_back_lets_the_library_speak_again(desk: Workspace) -> None:
    sealed(desk)
    verbs.unseal(desk, "update-1")
    assert desk.library.contents.of("update-1") is None
    tag(desk, 1, blurb="Other words.")
    assert b"Other words." in export(desk, "update-1", "markdown").data


def test_an_edition_sealed_before_contents_were_kept_is_made_from_the_library_but_its_mail_is_not(
    desk: Workspace,
) -> None:
    sealed(desk)
    mail = export(desk, "update-1", "html").data
    with desk.library.write():
        desk.library._store.run("DELETE FROM sealed_contents")
    seal_as_before(desk, "update-1")
    tag(desk, 1, blurb="Other words.")
    assert export(desk, "update-1", "html").data == mail and export(desk, "update-1", "html").sealed
    told = export(desk, "update-1", "web")
    assert not told.sealed and b"Other words." in told.data


def test_where_there_are_no_dates_there_is_no_calendar(desk: Workspace) -> None:
    drafted(desk)
    with pytest.raises(UsageError, match=r"update-1 has no date.*--starts WHEN"):
        export(desk, "update-1", "ics")


def test_where_a_form_is_written(desk: Workspace, tmp_path: Path) -> None:
    drafted(desk)
    made = export(desk, "update-1", "web")
    assert written(desk, made) == desk.path / "editions" / "update-1" / "update-1.html"
    assert written(desk, made, tmp_path) == tmp_path / "update-1.html"
    assert written(desk, made, tmp_path / "page.html").read_bytes() == made.data
    with pytest.raises(UsageError, match="There is no folder"):
        written(desk, made, tmp_path / "nowhere" / "page.html")
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_cannot_be_written_is_told(desk: Workspace, tmp_path: Path) -> None:
    drafted(desk)
    (tmp_path / "page.html.new").mkdir()
    with pytest.raises(LibraryError, match="cannot be written"):
        written(desk, export(desk, "update-1", "web"), tmp_path / "page.html")


# ---------------------------------------------------------------- PDF


def test_without_chromium_pdf_says_what_it_needs(desk: Workspace, tmp_path: Path) -> None:
    drafted(desk)
    with pytest.raises(UsageError, match="PDF needs Chromium or Chrome, and neither is here"):
        export(replace(desk, environ={"PATH": str(tmp_path)}), "update-1", "pdf")


def test_the_pdf_holds_every_word_tagged_and_nothing_is_cut(desk: Workspace) -> None:
    browser()
    triage.tag(
        desk, [triage.show(desk, 1)], Tagging(blurb="Because " + "it matters to every reader, " * 300 + "so we say.")
    )
    edition = drafted(desk)
    data = export(replace(desk, environ={"PATH": os.environ["PATH"]}), edition.id, "pdf").data
    paper = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in paper]
    text = " ".join(" ".join(pages).split())
    assert paper.is_tagged() and len(paper) >= 2
    for filed in verbs.filed_of(desk, edition).values():
        assert filed.document.title in text
    assert text.count("it matters to every reader,") == 300 and "so we say." in text
    assert next(entry.get_title() for entry in paper.get_toc()) == f"{desk.digest('update').name} 1"
    assert all(inside(page) for page in paper)


def inside(page: pypdfium2.PdfPage) -> bool:
    """Whether every character lies on the paper, in from its edges."""
    width, height = page.get_size()
    words = page.get_textpage()
    boxes = [words.get_charbox(index) for index in range(words.count_chars())]
    return all(
        left > 20 and right < width - 20 and bottom > 20 and top < height - 20
        for left, bottom, right, top in boxes
        if right > left
    )


# ---------------------------------------------------------------- links in the mail


def with_addresses(folder: Path, *lines: str) -> None:
    shutil.copytree(packaged_templates(), folder / "templates")
    path = folder / "templates" / "update" / "digest.toml"
    path.write_text("\n".join(lines) + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def test_the_mail_links_to_its_page_and_to_its_calendar_where_it_has_dates(desk: Workspace, folder: Path) -> None:
    with_addresses(
        folder,
        'web_page = "https://example.org/update-{{ edition.number }}.html"',
        'calendar = "https://example.org/update-{{ edition.number }}.ics"',
    )
    edition = drafted(desk)
    mail = verbs.render(desk, edition)
    assert 'href="https://example.org/update-1.html"' in mail.html and "https://example.org/update-1.html" in mail.text
    assert "update-1.ics" not in mail.html + mail.text
    tag(desk, 1, starts="2026-10-05 17:00 Vancouver")
    mail = verbs.render(desk, edition)
    assert "https://example.org/update-1.ics" in mail.html and "https://example.org/update-1.ics" in mail.text
    assert "5 October 2026, 17:00 (Vancouver)" in mail.html and "5 October 2026, 17:00 (Vancouver)" in mail.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "update.html", "mailto:a@example.org", ""])
def test_an_address_that_no_browser_opens_is_a_fault(desk: Workspace, folder: Path, address: str) -> None:
    with_addresses(folder, f"web_page = \"{{{{ '{address}' }}}}\"")
    triage.decide(desk, [triage.show(desk, 1)], "kept")
    with pytest.raises(TemplateFault, match=r"web_page.*no address on the web"):
        verbs.render(desk, verbs.draft(desk, "update"))
