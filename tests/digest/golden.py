"""The golden mails. `python -m tests.digest.golden` writes them anew; look at every changed line before committing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from curator.digest.context import unsubscribe_link
from curator.digest.message import build_message
from curator.digest.summary.values import Summary
from curator.models import Comparison, Filed, OwnWords
from tests.digest.sample import (
    BRIEFING_INTRODUCTION,
    KEY_MESSAGES,
    NOTICES,
    SUITE_INTRODUCTION,
    UPDATE_INTRODUCTION,
    sample,
)
from tests.digest.summaries import written
from tests.digest.world import DIGESTS, MAIL, edition, rendered

FOLDER = Path(__file__).parent / "golden"
TOPICS: dict[str, str | None] = {
    "update": None,
    "make-it-so": "crisis-care",
    "resource-suite": "crisis-care",
    "network-notices": None,
}
_SWEDISH = OwnWords(2, title="National mental health strategy: delivery plan 2026–2028")
WORDS: dict[str, dict[str, object]] = {
    "update": {"introduction": UPDATE_INTRODUCTION, "words": (_SWEDISH,)},
    "resource-suite": {"introduction": SUITE_INTRODUCTION},
    "network-notices": {},
    "make-it-so": {
        "introduction": BRIEFING_INTRODUCTION,
        "key_messages": KEY_MESSAGES,
        "comparisons": (
            Comparison("SE", law="The Health Care Act asks regions for a line.", data="Answer times are published."),
            Comparison(
                "NL", policy="A crisis standard of 2016, under review.", practice="Teams without police in two cities."
            ),
        ),
    },
}


def material(slug: str) -> tuple[list[Filed], list[Summary]]:
    """The documents of a digest's golden edition, and the summaries on its topic."""
    documents = [*NOTICES] if DIGESTS[slug].notices else sample(TOPICS[slug])
    return documents, [written()] if TOPICS[slug] else []


def mails() -> dict[str, bytes]:
    """File name and bytes of each golden file."""
    files: dict[str, bytes] = {}
    for slug in TOPICS:
        digest, (documents, annexes) = DIGESTS[slug], material(slug)
        found = rendered(digest, edition(digest, documents, **WORDS[slug]), documents, *annexes)
        message = build_message(
            found,
            sender=MAIL.sender,
            to="reader@example.org",
            message_id=f"<{slug}-232.1@example.org>",
            date=datetime(2026, 11, 30, 18, tzinfo=UTC),
            list_id=f"{digest.name} <{digest.mailing_list}.example.org>",
            unsubscribe=unsubscribe_link(MAIL.sender, digest.mailing_list),
        )
        files[f"{slug}.html"], files[f"{slug}.txt"] = found.html.encode(), found.text.encode()
        files[f"{slug}.eml"] = message.as_bytes().replace(b"\r\n", b"\n")
    return files


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in mails().items():
        (FOLDER / name).write_bytes(data)
