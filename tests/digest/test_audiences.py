from __future__ import annotations

from curator.digest.introductions import introductions
from curator.digest.outline import OutlineGroup, outline
from curator.models import Filed
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

SUITE = DIGESTS["resource-suite"]
INTRODUCTION = "To all.\n\n## Members\n\nTo *you*.\n\n## Nobody\n\nStill.\n\n# STAFF #\nTo staff."


def groups(documents: list[Filed], **words: str) -> dict[str, list[OutlineGroup]]:
    given = edition(SUITE, documents, **words)
    drawn = outline(given, {each.id: each for each in documents}, SUITE, NETWORK, TAXONOMY)
    return {section.slug: list(section.groups) for section in drawn.sections}


def test_a_document_stands_under_the_first_of_its_audiences_and_names_the_others() -> None:
    found = groups(
        [
            filed(1, audiences=("staff", "members")),
            filed(2, audiences=("staff",)),
            filed(3, countries=("SE",)),
            filed(4, audiences=("gone",)),
        ]
    )
    resources, (further,) = found["resources"], found["further"]
    assert [(group.key, group.label, group.kind) for group in resources] == [
        ("members", "Members", "audience"),
        ("staff", "Mental health staff and clinicians", "audience"),
        ("", "", "none"),
    ]
    assert resources[0].seats[0].also_for == ("Mental health staff and clinicians",)
    assert [seat.document for seat in further.seats] == [3]
    assert further.label == ""


def test_the_introduction_is_shared_out() -> None:
    whole, said = introductions(INTRODUCTION, SUITE, TAXONOMY, {"members", "staff"})
    assert whole == "To all."
    assert said == {"members": "To *you*.\n\n# Nobody\n\nStill.", "staff": "To staff."}
    assert introductions(INTRODUCTION, DIGESTS["update"], TAXONOMY, {"members"}) == (INTRODUCTION, {})


def test_each_audience_is_spoken_to_in_html_and_text() -> None:
    documents = [filed(1, audiences=("staff",)), filed(2, audiences=("members",))]
    found = rendered(SUITE, edition(SUITE, documents, introduction=INTRODUCTION), documents)
    assert "<em>you</em>" in found.html and found.html.count("To staff.") == found.text.count("To staff.") == 1
    assert found.text.index("To all.") < found.text.index("To you.") < found.text.index("Document 2")
    assert found.text.index("Document 2") < found.text.index("To staff.") < found.text.index("Document 1 [")


def test_words_to_an_audience_without_documents_are_kept_in_the_introduction() -> None:
    found = rendered(SUITE, edition(SUITE, [filed(1)], introduction=INTRODUCTION), [filed(1)])
    assert "To staff." in found.text and found.html.count("To staff.") == 1
    assert introductions("# staff\nx", SUITE, TAXONOMY, {"members"}) == ("# staff\nx", {})
