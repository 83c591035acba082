"""The forms of a structured summary: the same promises as the mails, in HTML, in text and in real Chromium."""

from __future__ import annotations

import json
from html import unescape
from typing import get_args

import pytest
from msgspec.structs import replace

from curator.digest.render.summary import Form, render_summary
from curator.digest.rules import broken_rules
from curator.digest.summary.data import as_json
from curator.digest.summary.reading import read_summary
from curator.digest.summary.values import Box, Summary
from curator.digest.words import load_words
from curator.models import Rendered
from tests.browser import Frame, axe, look
from tests.digest.summaries import seed, written
from tests.digest.world import NETWORK, SHARED, TAXONOMY, TEMPLATES
from tests.digests.test_forms_whole import texts, words
from tests.digests.test_in_chromium import AXE, LOOK, assert_sightly

FORMS: tuple[Form, ...] = get_args(Form)
pytestmark = pytest.mark.parametrize("form", FORMS)


def render(summary: Summary, form: Form, language: str = "en") -> Rendered:
    words = load_words(language, (SHARED,), TAXONOMY.language)
    actor = summary.actors[0] if form == "extract" else ""
    return render_summary(summary, form, NETWORK, TAXONOMY, words, TEMPLATES, SHARED, actor=actor)


def model() -> Summary:
    title, link = "Guidance on community mental health services", "https://example.org/full.pdf"
    return replace(read_summary(seed()), title=title, link=link)


def test_it_keeps_the_rules_of_the_mails(form: Form) -> None:
    for summary in (written(), model()):
        found = render(summary, form)
        assert [(each.rule.code, each.message) for each in broken_rules(found)] == []
        assert summary.link in found.html and summary.link in found.text
        assert "mailing list" not in found.html + found.text


def test_it_says_what_belongs_into_it_and_no_more(form: Form) -> None:
    found = render(written(), form)
    text = " ".join(found.text.split())
    page = unescape(found.html)
    for said in (page, text):
        assert "Pay for beds in homes." in said and "Governments" in said
        assert ("Report with care." in said) == (form != "extract")
        assert ("Send nurses and peers." in said) == (form != "extract")
        assert ("Most people" in said) == (form == "page")
        assert ("Cork, Ireland" in said) == (form != "extract")


def test_it_speaks_french(form: Form) -> None:
    found = render(written(), form, "fr")
    assert "Mesures à prendre" in found.text and 'lang="fr"' in found.html
    assert "Actions required" not in found.html + found.text


def test_what_an_editor_pastes_stays_words(form: Form) -> None:
    evil = "<script>alert(1)</script> {{ 7 * 7 }} [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    first, *others = written().chapters
    last = first.parts[-1]
    boxes = (Box(1, evil, (evil,)), *last.asides[1:])
    part = replace(last, heading=f"{evil} conclusion", text=evil, asides=boxes)
    summary = replace(written(), title=evil, chapters=(replace(first, title=evil, parts=(part,)), *others))
    found = render(summary, form)
    codes = {each.rule.code for each in broken_rules(found)}
    assert not codes & {"harmless", "addresses"}
    assert "<script" not in found.html and "<img" not in found.html and "49" not in found.text


def test_axe_finds_nothing(form: Form) -> None:
    script = axe().replace("</script", "<\\/script")
    found = look({form: Frame(render(written(), form).html, first=script)}, AXE)[form]
    assert found["violations"] == found["unsure"] == []
    assert found["passes"] > 15


def test_it_is_sightly_in_chromium(form: Form) -> None:
    page = render(written(), form).html
    toc = page if 'class="toc"' in page else page.replace("</h1>", '</h1><p class="toc">.</p>', 1)
    frames = {f"{form} {width} {dark}": Frame(toc, width, dark) for width in (320, 1200) for dark in (False, True)}
    for name, found in look(frames, LOOK).items():
        assert_sightly(f"{name} larger", found)


_LABELS = (
    *("chapter", "box", "actions_required", "for_actors", "full_text_at", "summary_of", "annex", "good_practice"),
    "asked_of",
)


def test_its_json_says_what_its_text_says(form: Form) -> None:
    """But for labels in words of the language, and whose it is."""
    english = load_words("en", (SHARED,), TAXONOMY.language).said
    labels = " ".join(str(english[name]) for name in _LABELS)
    ours = words(f"{labels} {NETWORK.name} {NETWORK.postal} {NETWORK.site}")
    for summary in (written(), model()):
        actor = summary.actors[0] if form == "extract" else ""
        told = json.loads(as_json(summary, form, actor))
        assert told["form"] == form and told["link"] == summary.link
        missing = set(words(render(summary, form).text)) - set(words(" ".join(texts(told)))) - set(ours)
        assert not missing
