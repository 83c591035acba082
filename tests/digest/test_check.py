from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from curator.digest.check import check
from curator.errors import TemplateFault
from curator.models import Edition, Filed, Finding, Rendered
from tests.digest.sample import KEY_MESSAGES, sample
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

UPDATE, BRIEFING = DIGESTS["update"], DIGESTS["make-it-so"]
FINE = Rendered("Subject", "", '<html lang="en" dir="ltr"><title>x</title><h1>x</h1></html>', "text")


def findings(
    documents: Sequence[Filed],
    given: Edition | None = None,
    *,
    found: Rendered | TemplateFault = FINE,
    digest: str = "update",
    recipients: int = 20,
    others: frozenset[int] = frozenset(),
    **network: Any,
) -> list[Finding]:
    return check(
        given or edition(DIGESTS[digest], documents),
        {each.id: each for each in documents},
        found,
        DIGESTS[digest],
        msgspec.structs.replace(NETWORK, **network),
        TAXONOMY,
        recipients,
        others,
    )


def codes(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(each.level, each.code) for each in found]


GOOD = filed(1, countries=("SE",), blurb="Why it matters.")


def test_a_good_edition_has_no_findings() -> None:
    assert findings([GOOD]) == []


def test_the_samples_lack_only_blurbs() -> None:
    documents = sample()
    given = edition(UPDATE, documents)
    assert set(codes(findings(documents, given, found=rendered(UPDATE, given, documents)))) == {("warning", "no-blurb")}


def test_each_fault_of_a_document_is_found() -> None:
    cases: dict[str, Filed] = {
        "no-link": filed(1, countries=("SE",), blurb="x", link=" "),
        "bad-link": filed(1, countries=("SE",), blurb="x", link="javascript:alert(1)"),
        "no-section": filed(1, countries=("SE",), blurb="x", section=None),
        "unknown-country": filed(1, countries=("XX",), blurb="x"),
    }
    for code, document in cases.items():
        assert codes(findings([document])) == [("error", code)]
    assert codes(findings([filed(1, countries=("SE",))])) == [("warning", "no-blurb")]


def test_a_document_that_was_dropped_after_it_was_placed_is_named() -> None:
    dropped = replace(GOOD, review=replace(GOOD.review, decision="dropped"))
    assert codes(findings([dropped])) == [("warning", "not-kept")]


def test_a_document_in_another_edition_blocks_where_the_digest_says_once() -> None:
    assert codes(findings([GOOD], others=frozenset({1}))) == [("error", "used")]
    given = edition(BRIEFING, [GOOD], introduction="x")
    assert findings([GOOD], given, digest="make-it-so", others=frozenset({1})) == []


def test_a_placement_whose_document_is_gone_blocks() -> None:
    given = edition(UPDATE, [GOOD, filed(2, countries=("SE",), blurb="x")])
    (found,) = findings([GOOD], given)
    assert (found.code, found.where) == ("gone", "document 2")


def test_the_same_title_twice_is_named_at_both() -> None:
    twins = [filed(1, "A Plan", countries=("SE",), blurb="x"), filed(2, "a plan", countries=("AU",), blurb="x")]
    assert codes(findings(twins)) == [("warning", "same-title")] * 2


def test_the_edition_itself() -> None:
    assert codes(findings([])) == [("error", "empty")]
    assert codes(findings([GOOD], recipients=0)) == [("error", "no-recipients")]
    assert codes(findings([GOOD], postal=" ")) == [("warning", "no-postal")]


def test_the_briefing_needs_a_topic_and_an_introduction() -> None:
    given = edition(BRIEFING, [GOOD])
    assert codes(findings([GOOD], given, digest="make-it-so")) == [("warning", "no-introduction")]
    given = replace(given, introduction=KEY_MESSAGES)
    assert codes(findings([GOOD], replace(given, topic=None), digest="make-it-so")) == [("error", "no-topic")]
    assert codes(findings([GOOD], replace(given, topic="x"), digest="make-it-so")) == [("error", "unknown-topic")]


def test_the_rendering() -> None:
    fault = TemplateFault("update/body.html.j2", 7, "“x” is not known")
    assert findings([GOOD], found=fault) == [Finding("error", "template", "“x” is not known", "update/body.html.j2:7")]
    assert codes(findings([GOOD], found=replace(FINE, subject=" "))) == [("error", "no-subject")]
    assert codes(findings([GOOD], found=replace(FINE, subject="x" * 121))) == [("error", "long-subject")]
    assert codes(findings([GOOD], found=replace(FINE, html=FINE.html + "é" * 47_000))) == [("warning", "large")]
    assert codes(findings([GOOD], found=replace(FINE, html=FINE.html + "é" * 53_000))) == [("error", "large")]


def test_every_finding_has_a_place_and_errors_come_first() -> None:
    documents = [filed(1, "\x1b[31mRed", countries=("XX",), link=""), GOOD]
    found = findings(documents, found=replace(FINE, subject=""), recipients=0, postal="")
    assert all(each.where and "\x1b" not in each.where for each in found)
    levels = [each.level for each in found]
    assert levels == sorted(levels)
