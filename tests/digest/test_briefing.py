from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from curator.digest.briefing import Archive, Asked, Briefing, brief
from curator.digest.summary.values import Actions, Chapter, Part, Practice
from curator.models import Comparison, Covered
from tests.digest.summaries import written
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

DAY = date(2026, 12, 1)


def briefing(*documents: Covered, said: tuple[Comparison, ...] = ()) -> Briefing:
    return brief(Archive(date(2024, 12, 1), DAY, documents, (written(),)), said, NETWORK.countries, TAXONOMY)


def test_each_member_has_its_documents_newest_first_and_gaps_are_named() -> None:
    found = briefing(
        Covered(1, "Old", date(2025, 1, 1), ("SE", "NZ")),
        Covered(2, "New", date(2026, 1, 1), ("SE",)),
        Covered(3, "Anywhere", DAY),
    )
    by_code = {country.code: country for country in found.countries}
    assert [country.code for country in found.countries] == list(NETWORK.countries)
    assert [each.document for each in by_code["SE"].documents] == [2, 1]
    assert [each.title for each in by_code["NZ"].documents] == ["Old"]
    assert {country.code for country in found.gaps} == set(NETWORK.countries) - {"SE", "NZ"}
    assert found.count == 3


def test_only_what_is_said_of_a_country_is_shown() -> None:
    found = briefing(said=(Comparison("SE", law="An act.", data="None\x1b[0m."),))
    by_code = {country.code: country for country in found.countries}
    assert by_code["SE"].said == (("law", "An act."), ("data", "None."))
    assert by_code["NL"].said == ()
    assert found.compared and not briefing().compared


def test_good_practice_stands_under_its_country() -> None:
    found = briefing()
    by_code = {country.code: country for country in found.countries}
    assert by_code["IE"].examples == (Practice("Crisis House", "Cork, Ireland"),)
    assert found.elsewhere == ()
    for place, code in (("Ohio, U.S.", "US"), ("Dutch", "NL"), ("Bristol, U.K.", ""), ("", ""), ("Trieste, Italy", "")):
        first = written().chapters[0]
        box = replace(first.parts[1].boxes[0], items=(f"A house ({place})" if place else "A house ()",))
        summary = replace(written(), chapters=(Chapter("x", (Part("x", "", (box,)),)),))
        one = brief(Archive(DAY, DAY, (), (summary,)), (), NETWORK.countries, TAXONOMY)
        assert [each.code for each in one.countries if each.examples] == ([code] if code else []), place


def test_what_several_summaries_ask_of_one_actor_is_one_list() -> None:
    actions = Actions("y", ("governments",), ("Pay peers.", "Ask."))
    other = replace(written(), chapters=(Chapter("x", (Part("", "", (actions,)),)),))
    found = brief(Archive(DAY, DAY, (), (written(), other)), (), NETWORK.countries, TAXONOMY)
    assert found.asked == (
        Asked("Governments", ("Pay for beds in homes.", "Pay peers.", "Ask.")),
        Asked("Health insurers", ("Pay for beds in homes.", "Pay peers.")),
        Asked("Media", ("Report with care.",)),
    )


def test_the_mail_says_it_in_html_and_text() -> None:
    digest = DIGESTS["make-it-so"]
    documents = [filed(1, "A plan", countries=("SE",), themes=("crisis-care",))]
    given = edition(digest, documents, comparisons=(Comparison("NL", policy="<b>Standard</b> of 2016."),))
    found = rendered(digest, given, documents, written())
    for said in (" ".join(found.text.split()), re.sub('<a href="#[^>]*>|</a>', "", found.html)):
        assert "1 document on this topic since 1 December 2024." in said
        assert "Nothing found for: Australia, Canada, England, Ireland, Netherlands" in said
        assert "Sweden: 1 document, the latest of 23 November 2026" in said
        assert "Netherlands: no document; known: policy" in said
        assert "Good practice: Crisis House (Cork, Ireland)" in said
        assert said.count("Pay for beds in homes.") == 2, "by actor, not again in the annex"
        assert "https://example.org/guidance.pdf" in said and "Send nurses and peers." in said
    assert "Policy: <b>Standard</b> of 2016." in found.text and "&lt;b&gt;Standard" in found.html


def test_a_digest_without_a_topic_has_no_briefing() -> None:
    found = rendered(DIGESTS["update"], edition(DIGESTS["update"]), [])
    assert "At a glance" not in found.html + found.text
