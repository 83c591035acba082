from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.digest.summary.reading import read_summary
from curator.digest.summary.values import Actions, Box, Chapter, Part, Practice, Summary
from curator.digest.summary.written import parse_summary, unready, write_summary
from tests.digest.summaries import RUNNING, WRITTEN, seed, written


def told(text: str) -> list[str]:
    summary, faults = parse_summary(text)
    return [str(fault) for fault in faults + unready(text, summary)]


# ---------------------------------------------------------------- the file


def test_a_file_is_read_with_all_it_says() -> None:
    found = written()
    assert (found.title, found.link) == ("Guidance on crisis care", "https://example.org/guidance.pdf")
    assert (found.publisher, found.themes) == ("World Health Organization", ("crisis-care",))
    assert [part.text for part in found.opening] == ["What stands before the first chapter."]
    assert [chapter.title for chapter in found.chapters] == ["Why crises need another answer", "What to do"]
    (conclusion,) = found.chapters[0].conclusions
    assert conclusion.text == "Send nurses and peers.\n\n- They cost no more."
    assert [box.title for box in conclusion.boxes] == ["Good practice examples", "What people say"]
    assert [box.number for box in found.boxes] == [1]
    assert found.practices == (Practice("Crisis House", "Cork, Ireland"),)
    assert [actions.area for actions in found.actions] == ["Financing", "Media"]


def test_who_is_asked_for_something() -> None:
    found = written()
    assert found.actors == ("Governments", "Health insurers", "Media")
    assert [each.area for each in found.asked_of("health INSURERS")] == ["Financing"]
    assert [each.area for each in found.asked_of("Media")] == ["Media"]
    assert not list(found.asked_of("Financing")), "its actors are named; the area is none"


def test_writing_gives_the_same_bytes() -> None:
    assert write_summary(written()) == WRITTEN


def test_windows_line_ends_say_the_same() -> None:
    assert parse_summary(WRITTEN.replace("\n", "\r\n")) == parse_summary(WRITTEN)


_SCRAPS = ("a", "box", "Box 1.", "For:", "peers", "–", "(Cork)", "*x*", "<b>", "#", "é")
_WORDS = st.lists(
    st.sampled_from(_SCRAPS),
    min_size=1,
    max_size=5,
)
_LINE = _WORDS.map(" ".join)
_ITEMS = st.lists(_LINE, min_size=1, max_size=3).map(tuple)
_TITLE = _LINE.map(lambda words: f"On {words}")
_TEXT = st.lists(_LINE.map(lambda words: f"Text {words}"), max_size=3).map("\n\n".join)
_BOX = st.builds(Box, st.integers(0, 20), _TITLE, _ITEMS)
_ACTORS = st.lists(st.sampled_from(["Governments", "Peers of Cork"]), unique=True).map(tuple)
_ACTIONS = st.builds(Actions, _TITLE, _ACTORS, _ITEMS)
_PART = st.builds(Part, _TITLE, _TEXT, st.lists(_BOX | _ACTIONS, max_size=3).map(tuple))
_PARTS = st.lists(_PART, max_size=2).map(tuple)
_SUMMARY = st.builds(
    Summary, _TITLE, _LINE, _PARTS, st.lists(st.builds(Chapter, _TITLE, _PARTS), max_size=2).map(tuple)
)


@given(_SUMMARY)
def test_what_is_written_is_read_as_it_was(summary: Summary) -> None:
    assert parse_summary(write_summary(summary)) == (summary, [])


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("---\ntitle", "title", "line 1: there is no front part. Begin with a line ---, then title: and link:"),
        (
            "link: https://example.org/guidance.pdf\n",
            "",
            "line 1: there is no link to the full text. Write its address",
        ),
        ("https://example.org/guidance.pdf", "", "line 3: there is no link to the full text. Write its address"),
        ("https://example", "javascript://example", "line 3: the link is none that readers can follow. Use https://"),
        ("title: Guidance on crisis care", "title:", "line 2: there is no title."),
        (
            "publisher:",
            "publsher:",
            "line 4: “publsher: World Health Organization” is nothing the front part knows. Did you",
        ),
        ("publisher:", "title:", "line 4: title stands twice. Remove one."),
        ("- Pay for beds in homes.", "Pay for beds.", "line 35: “Pay for beds.” stands under “Actions required: Fin"),
        ("- Report with care.\n", "", "line 38: “Actions required: Media” has nothing below it. Add lines"),
        (": Media", ":", "line 38: the actions have no area. Write it, as in “### Actions required: Financing”."),
        ("### What people say", "### Box 1. Again", "there are several boxes 1. Give each its own number."),
        ("## 1.1 Conclusion", "##", "line 14: a heading is empty. Write it, or remove the line."),
    ],
)
def test_a_fault_names_line_and_mend(before: str, after: str, said: str) -> None:
    text = WRITTEN.replace(before, after, 1)
    assert text != WRITTEN
    assert any(each.startswith(said) for each in told(text)), told(text)


def test_without_a_link_there_is_one_finding() -> None:
    assert len(told(WRITTEN.replace("https://example.org/guidance.pdf", ""))) == 1


def test_an_empty_file_is_told_what_belongs_there() -> None:
    assert len(told("")) == 4
    assert told(WRITTEN.split("# Why")[0])[-1] == "there is no chapter. Begin each with a line “# Its title”."


def test_no_control_character_comes_through() -> None:
    found, _ = parse_summary(WRITTEN.replace("quiet", "qui\x1b[31m\u202eet").replace("police", "pol\x07ice"))
    assert "\x1b" not in repr(found) and "\u202e" not in write_summary(found) and "\x07" not in write_summary(found)


# ---------------------------------------------------------------- read in


def test_a_text_is_put_together_from_its_lines() -> None:
    found = read_summary(RUNNING)
    assert found.opening[0].heading == "I. Introduction"
    assert found.opening[0].text.endswith("a sentence that goes on here until its end.")
    first, second = found.chapters
    assert first.title == "Why crises need another answer than the one that they get in most of our towns"
    assert first.parts[1].text.split("\n\n") == [
        "The examples (see Box 1.) show what helps. Teams should be",
        "- Near\n- Known to people and open at night.",
    ]
    items = ("Crisis House (Cork, Ireland)", "Nurses and Peers of the Town of Lund (Sweden)")
    assert first.parts[1].boxes == (Box(1, "Good practice examples", items),)
    assert second.parts[0].actions[0].area == "Money for homes and money", "under the part that is about it"
    assert second.parts[1].actions == (Actions("Financing", (), ("Pay for beds in person-centred homes", "Pay peers")),)


def test_a_text_with_lines_below_each_other_reads_the_same() -> None:
    close = RUNNING.replace("\n\n", "\n")
    assert [chapter.title for chapter in read_summary(close).chapters] == [
        chapter.title for chapter in read_summary(RUNNING).chapters
    ]
    assert read_summary(close).boxes == read_summary(RUNNING).boxes


@pytest.mark.parametrize("text", ["", "\n\n", "Box 1.", "Box 1.\nBox 2.", "x actions required:", "Chapter 1: A", "•"])
def test_scraps_are_read_without_a_fault(text: str) -> None:
    found = read_summary(text)
    assert parse_summary(write_summary(found)) == (found, [])


def test_the_model_has_five_chapters_ten_boxes_nine_lists_of_actions() -> None:
    found = read_summary(seed())
    assert (len(found.chapters), len(found.boxes), len(found.actions)) == (5, 10, 9)
    assert [box.number for box in found.boxes] == list(range(1, 11))
    assert [actions.area for actions in found.actions] == [
        "Policy and strategy", "Mental health law reform", "Service model", "Financing",
        "Workforce development and training", "Intervention", "Information systems and data", "Media", "Research",
    ]  # fmt: skip
    assert [len(chapter.conclusions) for chapter in found.chapters] == [1, 1, 1, 1, 0]
    assert Practice("Link House", "Bristol, U.K.") in found.practices
    assert [len(actions.items) for actions in found.actions] == [8, 12, 14, 9, 7, 5, 6, 3, 7]


def test_the_model_loses_no_word_and_comes_back_exactly() -> None:
    found = read_summary(seed())
    assert parse_summary(write_summary(found)) == (found, [])
    said = write_summary(found).replace("\\", "")
    lost = [word for word in set(seed().split()) if word.strip("•.,:;()") not in said]
    assert [word for word in lost if not word.endswith("-")] == []
