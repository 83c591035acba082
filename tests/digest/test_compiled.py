"""Templates are compiled once for each content, and never taken for one another."""

from __future__ import annotations

from pathlib import Path

import jinja2
import markdown_it
import pytest

from curator import clean
from curator.digest import words
from curator.digest.render import compiled, filters
from curator.digest.render.pages import PageTemplates
from curator.digest.words import load_words
from curator.errors import TemplateFault

ENGLISH, FRENCH = (load_words(language, [], language) for language in ("en", "fr"))


@pytest.fixture(autouse=True)
def _anew() -> None:
    compiled.forget()


def render(folder: Path, source: str, words: object = ENGLISH, name: str = "a.html.j2") -> str:
    (folder / name).write_text(source, encoding="utf-8")
    return PageTemplates([folder], words).render(name, {"title": "<b>"}).strip()  # type: ignore[arg-type]


def test_a_change_is_seen_at_once(tmp_path: Path) -> None:
    assert [render(tmp_path, text) for text in ("one", "two", "one")] == ["one", "two", "one"]


def test_each_language_has_code_of_its_own(tmp_path: Path) -> None:
    """What depends on nothing is worked out when a template is compiled: here a number and its word."""
    source = "{{ ['{count} one', '{count} many'] | counted(0) }}"
    assert render(tmp_path, source, ENGLISH) == "0 many"
    assert render(tmp_path, source, FRENCH) == "0 one"


def test_html_and_text_of_the_same_words_are_told_apart(tmp_path: Path) -> None:
    assert render(tmp_path, "{{ title }}") == "&lt;b&gt;"
    assert render(tmp_path, "{{ title }}", name="a.txt.j2") == "<b>"


def test_a_fault_names_its_own_file_each_time(tmp_path: Path) -> None:
    for name in ("one", "two", "one"):
        (tmp_path / name).mkdir(exist_ok=True)
        with pytest.raises(TemplateFault, match=rf"{name}/a\.html\.j2:2: “nonsense” is not known"):
            render(tmp_path / name, "\n{{ nonsense }}")


def test_the_sandbox_holds_for_remembered_code_too(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(TemplateFault, match="steps: does a loop"):
            render(tmp_path, "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}")
        with pytest.raises(TemplateFault):
            render(tmp_path, "{{ title.__class__.__mro__ }}")


def test_code_is_told_apart_by_what_may_have_made_it_otherwise() -> None:
    for module in (jinja2, markdown_it, filters, words, clean):
        assert f"{module.__file__}:" in compiled._compiler()


def test_no_more_is_remembered_than_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_MOST", 3)
    for number in range(9):
        render(tmp_path, f"number {number}")
        assert len(compiled._CODE) <= 3
