"""The ledger's rules."""

from __future__ import annotations

from curator.deliver.ledger import message_id, settled


def test_a_line_found_sending_is_settled_by_what_the_mailer_knows() -> None:
    assert [settled("sent"), settled("pending"), settled(None)] == ["sent", "pending", "unknown"]


def test_a_message_id_is_one_persons_and_keeps_the_address_to_itself() -> None:
    mine = message_id("update-1", "a1", "Ann@example.org", "example.net")
    assert mine == message_id("update-1", "a1", "ann@example.org", "example.net")
    assert mine.startswith("<update-1.") and mine.endswith("@example.net>")
    assert "ann" not in mine
    others = [
        ("update-2", "a1", "ann@example.org"),
        ("update-1", "a2", "ann@example.org"),
        ("update-1", "a1", "b@c.org"),
    ]
    assert mine not in [message_id(*other, "example.net") for other in others]
