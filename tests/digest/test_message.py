from __future__ import annotations

import email
import email.policy
import json
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.digest.context import unsubscribe_link
from curator.digest.message import build_message, personal
from curator.errors import UsageError
from curator.models import Rendered
from tests.corpus import corpus_path

RENDERED = Rendered("Update 232: 1 December 2026", "41 documents", "<p>Kia ora – café</p>\n", "Kia ora – café\n")
DATE = datetime(2026, 11, 30, 18, tzinfo=UTC)

ANYONE = "recipient@invalid.invalid"  # in `To` of a message that `personal` is to make copies of


def build(rendered: Rendered = RENDERED, **values: str) -> EmailMessage:
    given = {"sender": "Update <update@example.org>", "to": "a@example.org", "message_id": "<1@example.org>"} | values
    return build_message(rendered, date=DATE, **given)


def content(part: MIMEPart) -> str:
    """What a reader gets: on the way every line ends in CRLF (RFC 2046), and flowed text is stuffed (RFC 3676)."""
    text = str(part.get_content()).replace("\r\n", "\n")
    flowed = part.get_param("format") == "flowed"
    return "\n".join(line.removeprefix(" ") for line in text.split("\n")) if flowed else text


def parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def test_plain_text_stands_first_and_both_say_the_same() -> None:
    message = parsed(build().as_bytes())
    parts = list(message.iter_parts())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [content(part) for part in parts] == [RENDERED.text, RENDERED.html]
    assert not message.defects


def test_the_headers() -> None:
    message = build(
        list_id="Update <members.example.org>",
        unsubscribe=unsubscribe_link("Update <update@example.org>", "members"),
        reply_to="desk@example.org",
    )
    assert list(message.items()) == [
        ("From", "Update <update@example.org>"),
        ("To", "a@example.org"),
        ("Reply-To", "desk@example.org"),
        ("Subject", "Update 232: 1 December 2026"),
        ("Date", "Mon, 30 Nov 2026 18:00:00 +0000"),
        ("Message-ID", "<1@example.org>"),
        ("List-Id", "Update <members.example.org>"),
        ("List-Unsubscribe", "<mailto:update@example.org?subject=Unsubscribe%20from%20members>"),
        ("MIME-Version", "1.0"),
        ("Content-Type", message["Content-Type"]),
    ]


def test_only_a_page_promises_one_click() -> None:
    assert build(unsubscribe="https://example.org/leave")["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert build(unsubscribe="mailto:a@example.org")["List-Unsubscribe-Post"] is None


def test_long_addresses_in_headers_stay_whole() -> None:
    page = "https://example.org/leave?token=" + "a" * 300
    data = build(unsubscribe=page, message_id=f"<{'b' * 200}@example.org>").as_bytes()
    assert f"List-Unsubscribe: <{page}>\r\n".encode() in data
    assert b"Message-ID: <" + b"b" * 200 in data


@pytest.mark.parametrize("text", ["日本の" * 5000, "é" * 5000, "x" * 5000, "=\n" * 500, ".\nFrom x\n..\n", ""])
def test_no_line_is_too_long_and_nothing_is_lost(text: str) -> None:
    data = build(Rendered("s", "", f"<p>{text}</p>\n", text + "\n")).as_bytes()
    data.decode("ascii")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    first, second = parsed(data).iter_parts()
    assert (content(first), content(second)) == (text + "\n", f"<p>{text}</p>\n")


def test_the_same_content_gives_the_same_bytes_and_other_content_another_boundary() -> None:
    assert build().as_bytes() == build().as_bytes()
    other = build(Rendered("s", "", "<p></p>", "t"))
    assert other.get_boundary() != build().get_boundary()


@given(st.text(max_size=200), st.text(max_size=100))
def test_no_header_can_be_injected(subject: str, name: str) -> None:
    message = parsed(build(Rendered(subject + "\r\nBcc: x@example.org", "", "<p>", "t")).as_bytes())
    assert message["Bcc"] is None
    assert message["To"] == "a@example.org"
    try:
        sent = parsed(build(to=f"{name}\r\nBcc: x@example.org <a@example.org>").as_bytes())
    except UsageError:
        return
    assert sent["Bcc"] is None


def test_the_corpus_cannot_inject_a_header() -> None:
    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    for each in lists["header_injection"]:
        words = each if isinstance(each, str) else json.dumps(each)
        message = parsed(build(Rendered(words, "", "<p>", "t")).as_bytes())
        assert set(message.keys()) == set(build().keys())


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@", "@example.org", "a b@example.org", "ü@example.org", "a@exa mple.org"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(UsageError, match="is not a mail address"):
        build(to=to)


@pytest.mark.parametrize(
    "message_id", ["", "1@example.org", "<1>", "<a b@example.org>", "<a@b>\r\nBcc: <x@y>", "<ü@b>"]
)
def test_what_is_no_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(UsageError, match="is not a message id"):
        build(message_id=message_id)


def test_a_foreign_domain_travels_in_ascii() -> None:
    assert build(to="a@bücher.example")["To"] == "a@xn--bcher-kva.example"


@given(
    st.sampled_from(
        ["b@example.org", "Ana Åberg <b@example.org>", f"{'Long ' * 30}<b@example.org>", '"B, C" <b@d.org>']
    )
)
def test_a_personal_copy_is_what_building_it_would_give(to: str) -> None:
    base = build(to=ANYONE, list_id="Update <members.example.org>").as_bytes()
    one = build(to=to, message_id="<2@example.org>", list_id="Update <members.example.org>").as_bytes()
    assert personal(base, to, "<2@example.org>") == one
    assert personal(personal(base, "c@example.org", "<3@example.org>"), to, "<2@example.org>") == one


def test_a_personal_copy_cannot_be_given_another_header() -> None:
    base = build(to=ANYONE).as_bytes()
    copy = parsed(personal(base, "B\r\nBcc: x@example.org <b@example.org>", "<2@example.org>"))
    assert copy["Bcc"] is None
    with pytest.raises(UsageError):
        personal(base, "b@example.org\r\nBcc: x@example.org", "<2@example.org>\r\nX: y")


def test_a_body_that_looks_like_headers_is_left_alone() -> None:
    base = build(Rendered("s", "", "<p>", "To: me\n\nTo: me\n"), to=ANYONE).as_bytes()
    assert b"\r\n\r\nTo: me\r\n\r\nTo: me\r\n" in personal(base, "b@example.org", "<2@example.org>")
