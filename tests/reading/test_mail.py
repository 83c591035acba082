"""Mails: what was forwarded is told from who forwarded it, and a hostile one is bounded."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curator.errors import UsageError
from curator.reading import Page, read_bytes, read_file
from curator.reading.mail import looks_like_mail
from tests.corpus import corpus_path
from tests.damage import damaged
from tests.reading.test_reading import pdf

SENT = "Mon, 21 Sep 2026 10:00:00 +0200"
SENT_AT = datetime(2026, 9, 21, 8, tzinfo=UTC)
WORDS = "Colleagues, the new report on crisis care is out, see https://health.example.org/report for all of it."


def mail(
    text: str = WORDS,
    subject: str = "A report",
    sender: str = "Health Office <news@health.example.org>",
    html: str = "",
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Date"] = sender, "us@example.org", subject, SENT
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def read(message: EmailMessage | bytes) -> Page:
    return read_bytes(message if isinstance(message, bytes) else message.as_bytes(), "It")


def test_a_mail_says_who_when_what_and_where() -> None:
    page = read(mail())
    assert (page.title, page.published_at, page.link) == ("A report", SENT_AT, "https://health.example.org/report")
    assert page.sender == ("Health Office", "news@health.example.org")
    assert page.text.startswith("Colleagues, the new report")


@pytest.mark.parametrize(
    "subject",
    [
        "Fwd: A report",
        "FW: Re: A report",
        "VS: A report",
        "WG: AW: A report",
        "[EXTERNAL] Fwd: A report",
        "Fwd[2]: A report",
        "TR : A report",
    ],
)
def test_marks_of_forwarding_go(subject: str) -> None:
    assert read(mail(subject=subject)).title == "A report"


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nFrom: WHO News <news@who.int>\nDate: Sun, 20 Sep 2026 09:00:00 +0000\n"
        "Subject: A report\nTo: <all@example.org>\n\n",
        "________________________________\nFrom: WHO News <news@who.int>\nSent: Sunday, 20 September 2026 11:00\n"
        "To: All\nSubject: A report\n\n",
        "Från: WHO News <news@who.int>\nSkickat: den 20 september 2026 11:00\nTill: Alla\nÄmne: A report\n\n",
        "> Von: WHO News [mailto:news@who.int]\n> Gesendet: Sonntag, 20. September 2026 11:00\n"
        "> Betreff: A report\n>\n> ",
        "*From:* WHO News <news@who.int>\n*Date:* 20 September 2026\n*Subject:* A report\n\n",
    ],
)
def test_what_is_quoted_tells_who_said_it_first(head: str) -> None:
    page = read(mail(f"FYI\n\n{head}{WORDS}", "Fwd: A report", "Ann <ann@example.org>"))
    assert page.sender == ("WHO News", "news@who.int")
    assert page.published_at is not None and page.published_at.date().isoformat() == "2026-09-20"
    assert page.link == "https://health.example.org/report"


def test_whoever_passed_it_on_is_not_its_publisher() -> None:
    assert read(mail(subject="Fwd: A report", sender="Ann <ann@example.org>")).sender == ("", "")


def test_a_mail_that_is_attached_is_the_one() -> None:
    outer = mail("See below.", "Fwd: look", "Ann <ann@example.org>")
    outer.add_attachment(mail())
    page = read(outer)
    assert (page.title, page.sender[0], page.link) == ("A report", "Health Office", "https://health.example.org/report")


def test_the_link_is_the_one_the_mail_is_about() -> None:
    html = """<p>Hello to all of you who read this.</p><a href="https://h.example.org/">Home</a>
    <a href="https://h.example.org/unsubscribe?x">Unsubscribe</a><a href="https://h.example.org/a?b=1&amp;c=2">Report</a>
    <a href="https://www.facebook.com/h">f</a><img src="https://h.example.org/x.png"><a href="javascript:x()">no</a>"""
    page = read(mail("Short.", html=html))
    assert page.link == "https://h.example.org/a?b=1&c=2"
    assert "Hello to all of you" in page.text
    assert "https://h.example.org/" in page.text
    assert "unsubscribe" not in page.text


def test_a_pdf_comes_along() -> None:
    message = mail()
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="../../report.pdf")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="x.zip")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="broken.pdf")
    (attached,) = read(message).attached
    assert attached.title == "A plan for crisis care in every region"


def test_a_file_is_told_by_its_content(tmp_path: Path) -> None:
    for name in ("x.eml", "x.txt", "x"):
        path = tmp_path / name
        path.write_bytes(mail().as_bytes())
        assert read_file(path).sender[0] == "Health Office"
    assert not looks_like_mail(b"Dear all: hello\n\nFrom: x\n")
    assert not looks_like_mail(b"<html>From: x\nTo: y")
    assert read_bytes(b"Note: a list\n\nof things", "It").sender == ("", "")


def head(**more: str) -> bytes:
    said = {"From": "a@example.org", "Subject": "S", "Date": SENT} | {key.replace("_", "-"): more[key] for key in more}
    return "".join(f"{key}: {value}\n" for key, value in said.items()).encode() + b"\n"


@pytest.mark.parametrize(
    "body",
    [
        head(Subject="=?utf-8?B?!!!?= =?no-such?Q?=FF?= =?utf-8?Q?a=0Ab=0DBcc:=20x?="),
        head(Content_Type="text/plain; charset=no-such-charset") + b"\xff\xfe words",
        head(Content_Type='text/plain; charset="a\0b"') + b"words",
        head(Content_Type="text/plain; charset=unicode_escape") + b"\\x41 words",
        head(Content_Type="multipart/mixed; boundary=x") + b"--x\n\n--x",
        head(Content_Type="multipart/mixed") + b"words",
        head(Content_Type='message/rfc822') + b"words",
        head(Content_Transfer_Encoding="base64") + b"%%%%",
        head(Date="Tuesday", From="<<<>>>@@", Subject="\x1b[31mred\u202e"),
        head(From='"a\\nBcc: x" <a@b>') + b"x" * 100,
        b"From nobody\nFrom: a@example.org\nTo: b\n\nwords",
    ],
)  # fmt: skip
def test_what_is_damaged_is_read_as_far_as_it_goes(body: bytes) -> None:
    page = read(body)
    for said in (page.title, page.sender[0], page.sender[1]):
        assert said.isprintable()


def test_nesting_is_bounded() -> None:
    for deep in (50, 5_000):
        inside = b"words"
        lines = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(deep)]
        body = head()[:-1] + b"".join(lines) + b"Content-Type: text/plain\n\n" + inside
        try:
            read(body)
        except UsageError as error:
            assert "nested" in error.message
    chain = head() + head(Content_Type="message/rfc822") * 3_000
    try:
        read(chain)
    except UsageError as error:
        assert "nested" in error.message


def test_size_is_bounded() -> None:
    wide = head(Content_Type="multipart/mixed; boundary=x") + b"--x\nContent-Type: text/plain\n\nw\n" * 50_000
    assert len(read(wide).text) < 10_000
    assert len(read(head() + b"words and https://a.example/b " * 300_000).text) <= 600_000
    assert read(head(Subject="s" * 10_000_000)).title
    assert read(head(Content_Type="text/html") + b"<p>words" * 300_000).text
    with pytest.raises(UsageError, match="over 50 MB"):
        read(b"x" * 50_000_001)


def test_real_bounces_are_read() -> None:
    for path in corpus_path("email", "bounces-flufl").glob("*.txt"):
        if looks_like_mail(path.read_bytes()):
            try:
                assert read_file(path).title, path.name
            except UsageError as error:
                assert "without any words" in error.message


def test_damaged_mails_raise_nothing_else() -> None:
    message = mail("Short.", html="<p>Words <a href='https://h.example.org/a'>of it</a></p>")
    message.add_attachment(mail())
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="x.pdf")
    for body in damaged([message.as_bytes()], 300):
        with suppress(UsageError):
            read(body)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.integers(0, 300))
def test_no_mail_raises_anything_else(noise: bytes, place: int) -> None:
    message = mail()
    message.add_attachment(mail())
    body = message.as_bytes()
    with suppress(UsageError):
        read(body[:place] + noise + body[place:])
