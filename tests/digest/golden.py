"""The golden mails. `python -m tests.digest.golden` writes them anew; look at every changed line before committing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from curator.digest.context import unsubscribe_link
from curator.digest.message import build_message
from curator.models import Comparison, OwnWords
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
_TOPICS = {"update": None, "make-it-so": "crisis-care", "resource-suite": "crisis-care", "network-notices": None}
_SWEDISH = OwnWords(2, title="National mental health strategy: delivery plan 2026–2028")
_WORDS: dict[str, dict[str, object]] = {
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


def mails() -> dict[str, bytes]:
    """File name and bytes of each golden file."""
    files: dict[str, bytes] = {}
    for slug, topic in _TOPICS.items():
        digest = DIGESTS[slug]
        documents = [*NOTICES] if digest.notices else sample(topic)
        annexes = [written()] if topic else []
        found = rendered(digest, edition(digest, documents, **_WORDS[slug]), documents, *annexes)
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
