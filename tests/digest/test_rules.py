"""Every rule holds for what curator makes, and sees the fault it is for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from curator.digest.certificate import certify, rendering_hash
from curator.digest.check import check
from curator.digest.rules import RULES, broken_rules
from curator.digest.scan import colour, contrast, scan
from curator.models import Rendered
from tests.digest.golden import WORDS
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

AT = datetime(2026, 12, 1, tzinfo=UTC)
PLAN = filed(1, "A plan", countries=("SE",), blurb="Why it matters.")


def mail(slug: str = "update") -> Rendered:
    documents = sample("crisis-care" if DIGESTS[slug].topic else None)
    return rendered(DIGESTS[slug], edition(DIGESTS[slug], documents, **WORDS[slug]), documents)


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_every_rule_holds_for_every_digest(slug: str) -> None:
    assert broken_rules(mail(slug)) == []


FAULTS: dict[str, list[tuple[str, str]]] = {
    "language": [
        ('<html lang="en" dir="ltr">', '<html dir="ltr">'),
        ('<html lang="en" dir="ltr">', '<html lang="en">'),
    ],
    "page-title": [("<title>IIMHL Update 232: 1 December 2026</title>", "<title> </title>")],
    "headings": [("<h1", "<h2"), ("</h1>", "</h1><h3></h3>"), ("</h1>", "</h1><h1>Two</h1>"), ("<h2 ", "<h4 ")],
    "tables": [('role="presentation"', "")],
    "images": [("</h1>", '</h1><img width="1">')],
    "link-words": [
        (">News</a>", "></a>"),
        ("</h1>", '</h1><a href="https://example.org/a">here</a><a href="https://example.org/b">Here</a>'),
    ],
    "contrast": [("color:#595550", "color:#888"), ("color:#595550", "color:rgb(150, 150, 150)")],
    "type": [("font:14px/1.5", "font:9px/1.5")],
    "order": [("</h1>", '</h1><p style="position:absolute">x</p>'), ("</h1>", '</h1><p style="float:right">x</p>')],
    "harmless": [
        ("</h1>", "</h1><script>x</script>"),
        ("</h1>", '</h1><p onclick="x">x</p>'),
        ("</h1>", '</h1><img alt="" src="https://example.org/pixel.gif">'),
        ("</h1>", '</h1><p style="background:URL(x)">x</p>'),
        ("</style>", "@import 'x';</style>"),
        ("</head>", '<META http-equiv="Refresh" content="0; url=https://example.org/"></head>'),
    ],
    "addresses": [("</h1>", '</h1><a href="#nowhere">x</a>'), ("</h1>", '</h1><a href="javascript:x">x</a>')],
    "features": [("</h1>", '</h1><p style="display:flex">x</p>'), ("</h1>", "</h1><video>x</video>")],
    "plain-text": [("</h1>", '</h1><a href="https://example.org/only-here">x</a>')],
    "whole": [("</h1>", "</h1>" + "<p>long</p>" * 12_000)],
}


@pytest.mark.parametrize("rule", [rule.code for rule in RULES])
def test_each_rule_sees_its_fault(rule: str) -> None:
    good = mail()
    for was, becomes in FAULTS[rule]:
        assert was in good.html, was
        wrong = replace(good, html=good.html.replace(was, becomes))
        assert rule in {each.rule.code for each in broken_rules(wrong)}, becomes


def test_a_fault_has_its_line_and_many_of_one_kind_are_few_findings() -> None:
    wrong = replace(mail(), html=mail().html.replace('role="presentation"', ""))
    found = [each for each in broken_rules(wrong) if each.rule.code == "tables"]
    assert len(found) == 4
    assert found[-1].message == f"The same in {wrong.html.count('<table') - 4} other places."
    assert all(wrong.html.split("\n")[each.line - 1].count("<table") for each in found[:-1])


def test_plain_text_that_is_long_or_missing() -> None:
    for text in ("", "word " * 30):
        assert "plain-text" in {each.rule.code for each in broken_rules(replace(mail(), text=text))}


def test_the_check_tells_what_breaks_a_rule() -> None:
    wrong = replace(mail(), html=mail().html.replace("</h1>", "</h1><script>x</script>"))
    given = edition(DIGESTS["update"], [PLAN])
    found = check(given, {1: PLAN}, wrong, DIGESTS["update"], NETWORK, TAXONOMY, recipients=1)
    (error,) = [each for each in found if each.level == "error"]
    assert (error.code, error.message) == ("harmless", "<script> has no place in a mail.")
    assert error.where.startswith("update/body.html.j2, line ")


def test_words_that_styles_could_load_with_are_only_words() -> None:
    said = replace(PLAN, review=replace(PLAN.review, blurb="Freedom of expression(s), @import and url(x)."))
    assert broken_rules(rendered(DIGESTS["update"], edition(DIGESTS["update"], [said]), [said])) == []


def test_the_certificate_names_what_was_checked_and_every_rule() -> None:
    found = certify(mail(), AT)
    assert [each.rule for each in found.rulings] == [rule.code for rule in RULES]
    assert found.broken == ()
    assert found.hash == rendering_hash(mail())
    wrong = replace(mail(), html=mail().html.replace('lang="en"', ""))
    assert certify(wrong, AT).hash != found.hash
    assert [each.rule for each in certify(wrong, AT).broken] == ["language"]


def test_colours() -> None:
    assert [colour(each) for each in ("#fff", "#1C1C1C", "rgb(1, 2, 3)", "white")] == [
        (255, 255, 255),
        (28, 28, 28),
        (1, 2, 3),
        (255, 255, 255),
    ]
    assert [colour(each) for each in ("", "#ff", "#gggggg", "rgb(1,2)", "tomato", "var(--x)")] == [None] * 6
    assert round(contrast((255, 255, 255), (0, 0, 0))) == 21


def test_html_with_faults_is_still_read() -> None:
    page = scan("<p><a href='x'>one<h2>two</p></h2></a></b><br><p style='color'>three")
    assert [words for words, *_ in page.texts] == ["one", "two", "three"]
    assert [words for _, words, _ in page.headings] == ["two"]
