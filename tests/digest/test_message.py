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
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, edition, rendered

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


# ---------------------------------------------------------------- format=flowed


def unflowed(text: str) -> list[tuple[int, str]]:
    """What a reader of RFC 3676 makes of a part: paragraphs and fixed lines, each with the depth of its quotation."""
    shown: list[tuple[int, str]] = []
    open_at: int | None = None
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if open_at == depth:
            shown[-1] = (depth, shown[-1][1] + words)
        else:
            shown.append((depth, words))
        open_at = depth if flows else None
    return shown


def flowed(text: str) -> list[tuple[int, str]]:
    part = next(iter(parsed(build(Rendered("s", "", "<p>", text)).as_bytes()).iter_parts()))
    assert (part.get_content_type(), part.get_param("format")) == ("text/plain", "flowed")
    return unflowed(str(part.get_content()).replace("\r\n", "\n").removesuffix("\n"))


def test_a_narrow_screen_sets_paragraphs_and_quotations_anew_and_leaves_the_rest_alone() -> None:
    text = "One two \nthree\n- a hanging\n  item\n> said \n> so\n> then\n  indented\nFrom here\n--------\n"
    assert flowed(text) == [
        (0, "One two three"),
        (0, "- a hanging"),
        (0, "  item"),
        (1, "said so"),
        (1, "then"),
        (0, "  indented"),
        (0, "From here"),
        (0, "--------"),
    ]


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_no_line_of_a_digest_flows_by_accident(slug: str) -> None:
    """Each paragraph of the blurbs is whole again, each title, address and heading a line of its own."""
    documents = sample("crisis-care" if DIGESTS[slug].topic else None)
    introduction = "word " * 60 + "\n\nAnd more.\n\n- " + "item " * 40 + "\n\n> " + "said " * 40
    given = edition(DIGESTS[slug], documents, introduction=introduction)
    text = rendered(DIGESTS[slug], given, documents).text
    shown = flowed(text)
    whole = [words.strip() for _, words in shown]
    for words in ("word " * 60, "And more.", "said " * 40, *(each.blurb for each in documents if each.blurb)):
        assert words.strip() in whole, words
    for number, each in enumerate(given.placements, start=1):
        link = next(one.document.link for one in documents if one.id == each.document)
        assert (0, f"[{number}] {link}") in shown
    assert max(len(line) for line in text.split("\n")) <= 78
