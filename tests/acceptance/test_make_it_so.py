"""Make it so on crisis care: nine countries in order, gaps stated, to key leaders only."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes
from pathlib import Path

import pytest

from curator.digest.wording import published_on
from curator.models import Edition, Rendered
from curator.workflow.edition import draft, introduce, key_messages, rendered, seal
from curator.workflow.matrix import archive
from curator.workflow.send import recipients, send
from curator.workflow.workspace import Workspace
from tests.acceptance.world import headings, outbox

NINE = ["Australia", "Canada", "England", "Ireland", "Netherlands", "New Zealand", "Scotland", "Sweden", "USA"]


@pytest.fixture
def briefing(desk: Workspace) -> Edition:
    edition = draft(desk, "make-it-so", topic="crisis-care", on=date(2016, 12, 6))
    introduce(desk, edition.id, "What members share on **crisis care**.")
    return key_messages(desk, edition.id, "- Plan together.\n- Share measures.")


@pytest.fixture
def mail(desk: Workspace, briefing: Edition) -> Rendered:
    return rendered(desk, briefing)


def test_its_title_is_the_topic(briefing: Edition) -> None:
    assert briefing.subject == "Crisis and emergency care: across IIMHL countries"
    assert (briefing.topic, briefing.date) == ("crisis-care", date(2016, 12, 6))


def test_nine_blocks_in_order_and_the_gaps_stated(mail: Rendered) -> None:
    blocks = headings(mail.html)["Country by country"]
    assert list(blocks) == NINE
    gaps = [country for country, titles in blocks.items() if not titles]
    assert gaps == ["Canada", "Netherlands", "Sweden", "USA"]
    for country in ("Canada", "the Netherlands", "Sweden", "the USA"):
        assert f"Nothing found for {country} on this topic." in mail.text
        assert mail.html.count(f"Nothing found for {country}") == 1


def test_introduction_and_key_messages_are_markdown(mail: Rendered) -> None:
    assert "crisis care</strong>" in mail.html
    assert "**" not in mail.html + mail.text
    assert "- Plan together." in mail.text


def test_no_heading_is_empty(mail: Rendered) -> None:
    """Words follow each of them, or a heading below it."""
    found = list(re.finditer(r"<h([1-4])[^>]*>(.*?)</h\1>", mail.html, re.DOTALL))
    ends = [(int(each[1]), each.start()) for each in found[1:]] + [(1, len(mail.html))]
    empty = [
        each[2].strip()
        for each, (level, end) in zip(found, ends, strict=True)
        if level <= int(each[1]) and not re.sub(r"<[^>]*>|\s", "", mail.html[each.end() : end])
    ]
    assert not empty and {"Key messages", "At a glance", "Country by country"} <= set(headings(mail.html))


def test_at_a_glance_gives_the_days_that_stand_below_the_titles(desk: Workspace, briefing: Edition) -> None:
    days = {
        one.document: one.on
        for one in archive(desk, briefing.topic or "", briefing.date, placed=seats(briefing)).documents
    }
    filed = desk.library.documents.pick(days)
    assert days == {one.id: published_on(one.document, desk.config.network.zone) for one in filed} and len(days) == 5


def seats(briefing: Edition) -> set[int]:
    return {one.document for one in briefing.placements}


def test_it_goes_to_the_nine_key_leaders_only(desk: Workspace, briefing: Edition, sample: Path) -> None:
    assert recipients(desk, briefing) == ("key-leaders", 9)
    seal(desk, briefing.id)
    assert send(desk, briefing.id).sent == 9
    to = {str(message_from_bytes(path.read_bytes())["To"]) for path in outbox(sample)}
    assert len(to) == 9
    assert to == {f"{one}" for one in desk.library.people.addresses("key-leaders")}


def test_the_same_documents_may_stand_in_the_update(desk: Workspace, briefing: Edition) -> None:
    used = {one.document for one in briefing.placements}
    assert used <= {one.document for one in draft(desk, "update").placements}
