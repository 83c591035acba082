"""What becomes of a mail at every step of the dialogue, against real servers."""

from __future__ import annotations

import socket
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curator.config import Mail
from curator.deliver import Mailer, Receipt, mailer_for
from curator.deliver.letter import Letter
from curator.deliver.server import parse_server
from curator.deliver.smtp import SmtpMailer
from curator.errors import MailError, TryLater
from tests.smtp_server import (
    HANG_UP,
    NOT_LOCAL,
    SILENCE,
    closed_port,
    mail_server,
    rude_server,
    self_signed,
    smtp_sink,
)

SENDER = "Network Update <update@example.org>"
ANN, BEN, CY = "ann@example.org", "ben@example.net", "cy@example.com"


def a_mail(to: str = ANN, body: str = "Hello.\r\n") -> bytes:
    return f"From: update@example.org\r\nTo: {to}\r\nSubject: Update 1\r\n\r\n{body}".encode()


def mailer(url: str, password: str = "", timeout: float = 10, patience: float = 10) -> SmtpMailer:
    return SmtpMailer(parse_server(url), password, timeout=timeout, patience=patience)


def send(url: str, to: str = ANN) -> Receipt:
    with mailer(url) as open_mailer:
        return open_mailer.send(a_mail(to), SENDER, to)


# ---------------------------------------------------------------- whole mails


def test_a_whole_mail_arrives_byte_for_byte() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = SENDER, ANN, "Grüße: Ωmega"
    message.set_content("First.\n.\n..two dots\n.hidden\n" + "ü" * 300 + "\n\n\n")
    message.add_alternative("<p>First.</p>\n.\n", subtype="html")
    with mail_server() as server, mailer(server.url) as open_mailer:
        receipt = open_mailer.send(message.as_bytes(), SENDER, ANN)
    assert receipt == Receipt("sent", "250 2.0.0 queued as 1")
    assert [(mail.sender, mail.to) for mail in server.mails] == [("update@example.org", ANN)]
    assert server.mails[0].content == message.as_bytes()


def test_many_mails_use_one_connection() -> None:
    with mail_server() as server, mailer(server.url) as open_mailer:
        fates = [open_mailer.send(a_mail(f"p{n}@example.org"), SENDER, f"p{n}@example.org").fate for n in range(20)]
    assert fates == ["sent"] * 20
    assert len(server.mails) == 20
    assert server.connections == 1


def test_line_ends_become_crlf_so_that_no_mail_can_smuggle_a_second() -> None:
    smuggled = "one\n.\nMAIL FROM:<x@example.org>\n\r.\rtwo\r\n.\r\nthree"
    with mail_server() as server, mailer(server.url) as open_mailer:
        assert open_mailer.send(a_mail(body=smuggled), SENDER, ANN).fate == "sent"
    assert len(server.mails) == 1
    body = server.mails[0].content.partition(b"\r\n\r\n")[2]
    assert body == b"one\r\n.\r\nMAIL FROM:<x@example.org>\r\n\r\n.\r\ntwo\r\n.\r\nthree\r\n"


@given(st.binary(max_size=200).map(lambda noise: b"A: b\r\n\r\n" + noise.replace(b"x", b"\r\n.")))
def test_a_letter_ends_where_its_dot_is_and_nowhere_before(message: bytes) -> None:
    content = Letter.of(message, SENDER, ANN).content
    assert content.find(b"\r\n.\r\n") == len(content) - 5
    bare = content.replace(b"\r\n", b"")
    assert b"\r" not in bare and b"\n" not in bare


def test_the_dialogue_names_sender_and_one_recipient() -> None:
    with rude_server({"EHLO": "250-rude.test\n250-SIZE 1000000\n250 8BITMIME"}) as server:
        assert send(server.url).fate == "sent"
    size = len(a_mail())
    assert server.said == [
        "ehlo localhost",
        f"MAIL FROM:<update@example.org> SIZE={size}",
        f"RCPT TO:<{ANN}>",
        "DATA",
        "quit",
    ]


def test_a_server_without_ehlo_is_greeted_the_old_way() -> None:
    with rude_server({"EHLO": "502 what?"}) as server:
        assert send(server.url).fate == "sent"
    assert server.said[1] == "helo localhost"


# ---------------------------------------------------------------- refusals


def test_each_recipient_is_answered_alone() -> None:
    with mail_server() as server:
        server.answers = {ANN: "550 5.1.1 No such\x1b[31m person here", BEN: "452 4.2.2 Mailbox full"}
        server.after_data = {"dan@example.org": "554 5.7.1 Looks like spam", "eve@example.org": "451 4.3.0 Later"}
        with mailer(server.url) as open_mailer:
            receipts = [
                open_mailer.send(a_mail(to), SENDER, to)
                for to in (ANN, BEN, CY, "dan@example.org", "eve@example.org", "fay@example.org")
            ]
    assert receipts == [
        Receipt("failed", "550 5.1.1 No such person here"),
        Receipt("pending", "452 4.2.2 Mailbox full"),
        Receipt("sent", "250 2.0.0 queued as 1"),
        Receipt("failed", "554 5.7.1 Looks like spam"),
        Receipt("pending", "451 4.3.0 Later"),
        Receipt("sent", "250 2.0.0 queued as 2"),
    ]
    assert server.connections == 1


def test_greylisting_is_pending_and_the_next_try_arrives() -> None:
    with mail_server() as server:
        server.answers = {ANN: ["451 4.7.1 Greylisted, come back in five minutes"]}
        first, second = send(server.url), send(server.url)
    assert first == Receipt("pending", "451 4.7.1 Greylisted, come back in five minutes")
    assert second.fate == "sent"
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    ("script", "fate"),
    [
        ({"MAIL": "451 4.3.0 busy"}, "pending"),
        ({"RCPT": "450 4.2.0 later"}, "pending"),
        ({"RCPT": "550 5.1.1 nobody"}, "failed"),
        ({"RCPT": "251 forwarded"}, "sent"),
        ({"DATA": "451 4.3.0 no room"}, "pending"),
        ({"DATA": "554 5.5.1 no valid recipients"}, "failed"),
        ({".": "451 4.3.0 milter"}, "pending"),
        ({".": "421 4.3.2 going down, mail not taken"}, "pending"),
        ({".": "550 5.7.1 spam"}, "failed"),
        ({".": "251 2.0.0 taken, will forward"}, "sent"),
    ],
)
def test_every_answer_has_its_fate(script: dict[str, str | list[str]], fate: str) -> None:
    with rude_server(script) as server:
        assert send(server.url).fate == fate
    assert len(server.mails) == (1 if "." in script or fate == "sent" else 0)


def test_a_refused_mail_leaves_nothing_behind_for_the_next() -> None:
    with rude_server({"RCPT": ["550 nobody"]}) as server, mailer(server.url) as open_mailer:
        fates = [open_mailer.send(a_mail(to), SENDER, to).fate for to in (ANN, BEN)]
    assert fates == ["failed", "sent"]
    assert server.said[3:5] == ["rset", "MAIL FROM:<update@example.org>"]


@pytest.mark.parametrize("words", ["550 5.7.1 not allowed to send", "530 5.7.0 Authentication required", "552 too big"])
def test_a_refused_sender_stops_the_run_before_anything_left(words: str) -> None:
    with rude_server({"MAIL": words}) as server, pytest.raises(MailError, match=words.split(" ", 1)[1]):
        send(server.url)
    assert server.mails == []


# ---------------------------------------------------------------- in doubt


@pytest.mark.parametrize(
    ("script", "detail"),
    [
        ({".": HANG_UP}, "The whole mail was handed over, but no answer came"),
        ({".": "2 hm"}, "said nothing clear"),
        ({".": "354 go on"}, "said nothing clear"),
        ({".": "nonsense"}, "said nothing clear"),
        ({".": "250-" + "x" * 9000}, "The whole mail was handed over"),
    ],
)
def test_after_the_dot_only_a_clear_answer_counts(script: dict[str, str | list[str]], detail: str) -> None:
    with rude_server(script) as server:
        receipt = send(server.url)
    assert receipt.fate == "unknown"
    assert detail in receipt.detail
    assert len(server.mails) == 1


def test_a_server_that_dies_inside_the_mail_leaves_it_in_doubt() -> None:
    with rude_server({"inside": HANG_UP}) as server, mailer(server.url) as open_mailer:
        receipt = open_mailer.send(a_mail(body="x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 200_000), SENDER, ANN)
    assert receipt.fate == "unknown"
    assert server.mails == []
    assert server.connections == 1


def test_a_server_silent_after_the_dot_leaves_it_in_doubt() -> None:
    with rude_server({".": SILENCE}) as server, mailer(server.url, patience=0.2) as open_mailer:
        receipt = open_mailer.send(a_mail(), SENDER, ANN)
    assert receipt.fate == "unknown"
    assert "timed out" in receipt.detail


def test_a_doubtful_mail_is_never_repeated_and_the_next_goes_on_a_new_connection() -> None:
    with rude_server({".": ["250 queued", HANG_UP]}) as server, mailer(server.url) as open_mailer:
        fates = [open_mailer.send(a_mail(to), SENDER, to).fate for to in (ANN, BEN, CY)]
    assert fates == ["sent", "unknown", "sent"]
    assert len(server.mails) == 3
    assert server.connections == 2


def test_an_interrupt_inside_a_mail_hangs_up_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    with rude_server({}) as server:
        monkeypatch.setattr("smtplib.SMTP.send", _interrupt_at(b"\r\n.\r\n"))
        with pytest.raises(KeyboardInterrupt):
            send(server.url)
    assert server.mails == []
    assert "quit" not in server.said


def _interrupt_at(marker: bytes) -> object:
    """`smtplib.SMTP.send`, with Ctrl-C pressed as the bytes that hold `marker` are about to leave."""
    import smtplib

    plain = smtplib.SMTP.send

    def sending(smtp: smtplib.SMTP, data: bytes | str) -> None:
        if isinstance(data, bytes) and marker in data:
            raise KeyboardInterrupt
        plain(smtp, data)

    return sending


# ---------------------------------------------------------------- before a byte has left


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("answer", [HANG_UP, "421 4.7.0 too many mails on this connection", "nonsense", "199 hm"])
def test_a_connection_lost_before_the_mail_is_opened_again_once(step: str, answer: str) -> None:
    usual = "354 go ahead" if step == "DATA" else "250 OK"
    with rude_server({step: [usual, answer]}) as server, mailer(server.url) as open_mailer:
        fates = [open_mailer.send(a_mail(to), SENDER, to).fate for to in (ANN, BEN)]
    assert fates == ["sent", "sent"]
    assert len(server.mails) == 2
    assert server.connections == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_mail_that_loses_every_connection_is_pending(step: str) -> None:
    with rude_server({step: HANG_UP}) as server:
        receipt = send(server.url)
    assert receipt == Receipt("pending", f"Connection lost at {step}: Connection unexpectedly closed")
    assert server.mails == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_is_closing_is_tried_later(step: str) -> None:
    with rude_server({step: "421 4.3.2 shutting down"}) as server, pytest.raises(TryLater, match="shutting down"):
        send(server.url)
    assert server.mails == []


def test_go_ahead_is_believed_only_after_data() -> None:
    with rude_server({"RCPT": "354 go ahead"}) as server:
        assert send(server.url).fate == "pending"
    assert server.mails == []


def test_the_server_restarting_between_two_mails_is_not_noticed() -> None:
    with rude_server({"MAIL": ["250 OK", "250 OK", HANG_UP, "250 OK"]}) as server, mailer(server.url) as open_mailer:
        fates = [open_mailer.send(a_mail(to), SENDER, to).fate for to in (ANN, BEN, CY)]
    assert fates == ["sent"] * 3


def test_the_server_gone_for_good_between_two_mails_is_tried_later() -> None:
    with rude_server({}) as server:
        open_mailer = mailer(server.url)
        open_mailer.__enter__()
        assert open_mailer.send(a_mail(), SENDER, ANN).fate == "sent"
        server.script["MAIL"] = HANG_UP
        server.script["greeting"] = HANG_UP
        with pytest.raises(TryLater):
            open_mailer.send(a_mail(BEN), SENDER, BEN)
        open_mailer.__exit__(None, None, None)
    assert len(server.mails) == 1


def test_nobody_listening_is_tried_later() -> None:
    with pytest.raises(TryLater, match="cannot be reached: Connection refused"):
        send(f"smtp://127.0.0.1:{closed_port()}")


def test_an_unknown_host_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(TryLater, match=r"mail\.invalid cannot be found"):
        send("smtp://mail.invalid")


@pytest.mark.parametrize(
    ("greeting", "error"),
    [
        ("421 4.3.2 busy", TryLater),
        ("450 slow down", TryLater),
        ("554 5.7.1 your address is blocked", MailError),
        ("HTTP/1.1 400 Bad Request", MailError),
        (HANG_UP, TryLater),
    ],
)
def test_a_bad_greeting_is_one_sentence(greeting: str, error: type[Exception]) -> None:
    with rude_server({"greeting": greeting}) as server, pytest.raises(error) as caught:
        send(server.url)
    assert str(server.port) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_silent_server_is_tried_later() -> None:
    with rude_server({"greeting": SILENCE}) as server, pytest.raises(TryLater, match="timed out"):
        mailer(server.url, timeout=0.2).__enter__()


# ---------------------------------------------------------------- addresses and letters beyond ASCII


def test_an_international_address_arrives_where_the_server_can() -> None:
    with mail_server() as server:
        assert send(server.url, "jörg@müller.example").fate == "sent"
    assert server.mails[0].to == "jörg@xn--mller-kva.example"


def test_an_international_address_fails_clearly_where_the_server_cannot() -> None:
    with mail_server(utf8=False) as server:
        receipt = send(server.url, "jörg@example.org")
        with mailer(server.url) as open_mailer:
            assert open_mailer.send(a_mail(), SENDER, "jorg@müller.example").fate == "sent"
            with pytest.raises(MailError, match="SMTPUTF8"):
                open_mailer.send(a_mail("jorg@müller.example"), SENDER, "jorg@müller.example")
    assert receipt.fate == "failed"
    assert "SMTPUTF8" in receipt.detail


@pytest.mark.parametrize(
    "to", ["ann@example.org\r\nDATA", "ann@example.org>\r\nRCPT TO:<x@y.org", "", "ann", "a@b@c.org"]
)
def test_what_is_no_address_never_reaches_the_server(to: str) -> None:
    with rude_server({}) as server, mailer(server.url) as open_mailer:
        assert open_mailer.send(a_mail(), SENDER, to).fate == "failed"
    assert server.said == ["ehlo localhost", "quit"]


def test_eight_bit_text_is_announced_or_refused() -> None:
    mail = a_mail(body="Grüße\r\n")
    with rude_server({"EHLO": "250-rude.test\n250 8BITMIME"}) as server, mailer(server.url) as open_mailer:
        assert open_mailer.send(mail, SENDER, ANN).fate == "sent"
    assert server.said[1].endswith(" BODY=8BITMIME")
    with (
        rude_server({}) as server,
        mailer(server.url) as open_mailer,
        pytest.raises(MailError, match="8BITMIME"),
    ):
        open_mailer.send(mail, SENDER, ANN)


# ---------------------------------------------------------------- login and TLS


def test_the_password_comes_from_the_environment_and_logs_in(tmp_path: Path) -> None:
    with mail_server(user=("update@example.org", "s3cret")) as server:
        mail = Mail(sender=SENDER, smtp=server.url_for("update%40example.org"))
        with mailer_for(mail, tmp_path, "update-1", {"CURATOR_SMTP_PASSWORD": "s3cret"}) as open_mailer:
            assert open_mailer.send(a_mail(), SENDER, ANN).fate == "sent"
        with (
            pytest.raises(MailError, match=r"refuses the password of update@example\.org") as caught,
            mailer_for(mail, tmp_path, "update-1", {"CURATOR_SMTP_PASSWORD": "wr0ng"}),
        ):
            pass
    assert "wr0ng" not in str(caught.value)


def test_a_user_without_a_password_is_named_before_connecting(tmp_path: Path) -> None:
    with pytest.raises(MailError, match="CURATOR_SMTP_PASSWORD"):
        mailer_for(Mail(sender=SENDER, smtp="smtp://ann@example.org"), tmp_path, "update-1", {})


def test_a_server_without_logins_is_one_sentence() -> None:
    with rude_server({}) as server, pytest.raises(MailError, match="no login"):
        mailer(f"smtp://ann@127.0.0.1:{server.port}", "s3cret").__enter__()


def test_a_password_crosses_no_network_in_the_clear() -> None:
    with rude_server({}, host=NOT_LOCAL) as server, pytest.raises(MailError, match="offers no TLS"):
        mailer(f"smtp://ann@{NOT_LOCAL}:{server.port}", "s3cret").__enter__()
    assert not any("auth" in said.lower() for said in server.said)


def test_a_self_signed_certificate_is_refused(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path, "127.0.0.1", NOT_LOCAL)
    with mail_server(tls=context) as server, pytest.raises(MailError, match="certificate that is not trusted"):
        send(server.url)
    with mail_server(starttls=context, host=NOT_LOCAL) as server, pytest.raises(MailError, match="SSL_CERT_FILE"):
        send(server.url)


def test_a_trusted_certificate_carries_mail_and_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, certificate = self_signed(tmp_path, "127.0.0.1", NOT_LOCAL)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(tls=context) as server:
        assert send(server.url).fate == "sent"
    with (
        mail_server(starttls=context, host=NOT_LOCAL, user=("ann", "s3cret")) as server,
        mailer(server.url_for("ann"), "s3cret") as open_mailer,
    ):
        assert open_mailer.send(a_mail(), SENDER, ANN).fate == "sent"
    assert len(server.mails) == 1


def test_a_local_server_needs_no_certificate(tmp_path: Path) -> None:
    context, _ = self_signed(tmp_path, "127.0.0.1")
    with mail_server(starttls=context) as server:
        assert send(server.url).fate == "sent"


def test_tls_to_a_port_that_speaks_none_is_one_sentence() -> None:
    with rude_server({}) as server, pytest.raises(MailError, match="is the port right"):
        send(f"smtps://127.0.0.1:{server.port}")


# ---------------------------------------------------------------- another implementation: postfix's


def test_postfix_takes_the_mail_whole(tmp_path: Path) -> None:
    message = a_mail(body="first\r\n.\r\n..two\r\nlast\r\n")
    with smtp_sink(tmp_path / "sink") as sink, mailer(sink.url) as open_mailer:
        receipts = [open_mailer.send(message, SENDER, to) for to in (ANN, BEN)]
        assert [receipt.fate for receipt in receipts] == ["sent", "sent"]
    mails = sink.mails()
    assert len(mails) == 2
    assert all(mail.endswith(message.replace(b"\r\n", b"\n") + b"\n") for mail in mails)


@pytest.mark.parametrize(
    ("options", "fate"),
    [
        (("-f", "RCPT"), "failed"),
        (("-r", "RCPT"), "pending"),
        (("-r", "."), "pending"),
        (("-f", "."), "failed"),
        (("-Q", "."), "pending"),
        (("-q", "RCPT"), "pending"),
        (("-q", "DATA"), "pending"),
        (("-q", "."), "unknown"),
        (("-A", "0"), "failed"),
        (("-e",), "sent"),
    ],
)
def test_postfix_gives_every_fate(tmp_path: Path, options: tuple[str, ...], fate: str) -> None:
    with smtp_sink(tmp_path / "sink", options) as sink:
        assert send(sink.url).fate == fate


@pytest.mark.parametrize("command", ["CONNECT", "MAIL", "RCPT", "DATA"])
def test_postfix_closing_is_tried_later(tmp_path: Path, command: str) -> None:
    with smtp_sink(tmp_path / "sink", ("-Q", command)) as sink, pytest.raises(TryLater):
        send(sink.url)


def test_the_mailer_keeps_the_protocol() -> None:
    kept: Mailer = mailer("smtp://localhost")
    assert kept.fate("<any@example.org>") is None


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_no_address_of_a_server_brings_a_traceback(text: str) -> None:
    for url in (text, f"smtp://{text}", f"smtps://{text}@host:{text}"):
        try:
            parse_server(url)
        except MailError as error:
            assert "\n" not in error.message


@pytest.mark.parametrize(
    ("url", "shown", "user", "tls"),
    [
        ("smtp://localhost", "localhost:25", "", False),
        ("smtp://ann@mail.example.org", "mail.example.org:587", "ann", False),
        ("smtp://ann@example.org@mail.example.org:2525", "mail.example.org:2525", "ann@example.org", False),
        ("smtps://ann%40example.org@mail.example.org", "mail.example.org:465", "ann@example.org", True),
        ("smtps://[::1]:4650/", "::1:4650", "", True),
    ],
)
def test_addresses_of_servers(url: str, shown: str, user: str, tls: bool) -> None:
    server = parse_server(url)
    assert (str(server), server.user, server.tls) == (shown, user, tls)


@pytest.mark.parametrize(
    "url", ["", "localhost:25", "http://x", "smtp://", "smtp://h:99999", "smtp://h:0", "smtp://h/x"]
)
def test_what_is_no_address_of_a_server(url: str) -> None:
    with pytest.raises(MailError, match="smtp://"):
        parse_server(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(MailError, match="does not belong") as caught:
        parse_server("smtp://ann:s3cret@mail.example.org")
    assert "s3cret" not in str(caught.value)
