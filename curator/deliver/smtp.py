"""Mails to a server by SMTP (RFC 5321): one connection for many, and never in doubt without saying so.

A mail's fate turns on one moment. Until the server has answered DATA with 354, no byte of the mail has left: whatever
happens is safe to repeat. From the first byte on, only the server's answer to the closing dot tells; where it does not
come, the fate is `unknown`, for the server may have taken the mail (RFC 1047).

smtplib does the dialogue, but not the verdicts. Its `sendmail` cannot tell a connection lost before DATA from one
lost after the dot, reads an overlong answer as 500, and takes 251 after the dot for a refusal; its `mail` and `rcpt`
rewrite what they take for comments in an address; its `__exit__` says QUIT in the middle of a mail.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from curator.clean import plain_line
from curator.deliver.letter import WORDS, Answer, Letter
from curator.deliver.mailer import Receipt
from curator.deliver.server import PASSWORD, Server
from curator.errors import MailError, TryLater, UsageError


class SmtpMailer:
    """Hands mails to one server. It does not know what a crashed run left behind: `fate` answers None."""

    def __init__(self, server: Server, password: str = "", *, timeout: float = 60.0, patience: float = 600.0) -> None:
        """`timeout` is seconds for connecting and for each answer, `patience` for handing a whole mail over and, once
        more, for the answer to it: RFC 5321 §4.5.3.2.6 asks for ten minutes, and giving up early leaves a doubt."""
        self._server, self._password = server, password
        self._timeout, self._patience = timeout, patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._smtp = _connect(self._server, self._password, self._timeout)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None and kind is None:
            _set_timeout(self._smtp, min(self._timeout, 5.0))
            with suppress(OSError):
                self._smtp.quit()
        self._drop()

    def fate(self, message_id: str) -> None:
        """None: SMTP has no way to ask."""

    def send(self, message: bytes, sender: str, to: str) -> Receipt:
        """Hand one mail over. A connection kept from earlier that has died meanwhile is opened again, once.

        Raises TryLater (server down or closing: 421) and MailError (it refuses us, the sender or any such mail) only
        while no byte of the mail has left.
        """
        try:
            letter = Letter.of(message, sender, to)
        except UsageError as error:
            return Receipt("failed", plain_line(error.message, WORDS))
        if self._smtp is not None:
            with suppress(_Gone):
                return self._deliver(self._smtp, letter)
        try:
            self._smtp = _connect(self._server, self._password, self._timeout)
            return self._deliver(self._smtp, letter)
        except _Gone as gone:
            if gone.closing:
                raise TryLater(f"The mail server {self._server} asks to come back later: {gone.words}.") from gone
            return Receipt("pending", gone.words)

    def _deliver(self, smtp: smtplib.SMTP, letter: Letter) -> Receipt:
        try:
            return self._offer(smtp, letter) or self._hand_over(smtp, letter.content)
        except BaseException as error:
            if not isinstance(error, MailError):
                self._drop()
            raise

    def _offer(self, smtp: smtplib.SMTP, letter: Letter) -> Receipt | None:
        """Everything up to the server's "go ahead"; None when it came. Raises _Gone, MailError."""
        if letter.utf8 and not smtp.has_extn("smtputf8"):
            return _not_utf8(self._server, letter)
        smtp.command_encoding = "utf-8" if letter.utf8 else "ascii"
        answer = _ask(smtp, "MAIL", f"FROM:<{letter.sender}>{_options(smtp, letter)}")
        if answer.refused_for_good:
            _reset(smtp)
            raise MailError(f"The mail server {self._server} takes no mail from {letter.sender}: {answer}.")
        for verb, argument in (("RCPT", f"TO:<{letter.to}>"), ("DATA", "")):
            if answer.ok:
                answer = _ask(smtp, verb, argument)
        if answer.code == 354:
            return None
        _reset(smtp)
        return answer.refusal

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> Receipt:
        """The mail itself: from here on the fate is unknown until the server's last word."""
        whole = False
        try:
            _set_timeout(smtp, self._patience)
            smtp.send(content)
            whole = True
            answer = Answer(*smtp.getreply())
        except OSError as error:
            self._drop()
            return Receipt("unknown", _doubt(whole, error))
        if answer.code == 421 or not (answer.ok or answer.refused or answer.refused_for_good):
            self._drop()
        else:
            _set_timeout(smtp, self._timeout)
        if answer.ok:
            return Receipt("sent", str(answer))
        if answer.refused or answer.refused_for_good:
            return answer.refusal
        return Receipt("unknown", f"After the whole mail the server said nothing clear: {answer}.")

    def _drop(self) -> None:
        """Close without a word: in the middle of a mail a QUIT would become part of it."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError):
                smtp.close()


# ---------------------------------------------------------------- one command, one answer


class _Gone(Exception):
    """The connection is no more, and no byte of the mail has left. `closing`: the server said so itself (421)."""

    def __init__(self, words: str, *, closing: bool = False) -> None:
        super().__init__(words)
        self.words, self.closing = words, closing


def _ask(smtp: smtplib.SMTP, verb: str, argument: str) -> Answer:
    """One command and its answer. Raises _Gone, and MailError where the server first wants a login or TLS (530)."""
    try:
        answer = Answer(*smtp.docmd(verb, argument))
    except OSError as error:
        raise _Gone(f"Connection lost at {verb}: {plain_line(str(error), WORDS)}") from error
    if answer.code == 421:
        raise _Gone(str(answer), closing=True)
    if answer.code == 530:
        _reset(smtp)
        raise MailError(f"The mail server wants a login or TLS first ({answer}): name the user in [mail] smtp.")
    go_ahead = answer.code == 354 if verb == "DATA" else answer.ok
    if not (go_ahead or answer.refused or answer.refused_for_good):
        raise _Gone(f"The server answered {verb} with {answer}")
    return answer


def _options(smtp: smtplib.SMTP, letter: Letter) -> str:
    """What MAIL must announce. Raises MailError for 8-bit text where the server takes none."""
    if letter.eight_bit and not smtp.has_extn("8bitmime"):
        raise MailError("The mail holds 8-bit text and the mail server takes 7-bit only (no 8BITMIME).")
    options = [f"SIZE={letter.size}"] if smtp.has_extn("size") else []
    options += ["BODY=8BITMIME"] if letter.eight_bit else []
    options += ["SMTPUTF8"] if letter.utf8 else []
    return "".join(f" {option}" for option in options)


def _not_utf8(server: Server, letter: Letter) -> Receipt:
    """Raises MailError where it is not this one address that wants SMTPUTF8, but every mail."""
    words = f"The mail server {server} takes plain ASCII addresses only (no SMTPUTF8)"
    if letter.to.isascii():
        raise MailError(f"{words}, and the sender or a header of the mail is not.")
    return Receipt("failed", f"{words}.")


def _reset(smtp: smtplib.SMTP) -> None:
    """Forget the refused mail; a connection that cannot even do that is closed, and the next mail opens another."""
    try:
        if smtp.rset()[0] == 250:
            return
    except OSError:
        pass
    smtp.close()


def _doubt(whole: bool, error: OSError) -> str:
    how = "The whole mail was handed over, but no answer came" if whole else "The connection broke inside the mail"
    return f"{how}: {plain_line(str(error), WORDS)}."


def _set_timeout(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


# ---------------------------------------------------------------- connecting


def _connect(server: Server, password: str, timeout: float) -> smtplib.SMTP:
    """A greeted, secured, logged-in connection. Raises TryLater, MailError."""
    name = "localhost" if server.local else None
    with _explained(server):
        if server.tls:
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, name, timeout=timeout, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, name, timeout=timeout)
        try:
            smtp.ehlo_or_helo_if_needed()
            _secure(smtp, server)
            _log_in(smtp, server, password)
        except BaseException:
            smtp.close()
            raise
    return smtp


def _secure(smtp: smtplib.SMTP, server: Server) -> None:
    """STARTTLS wherever it is offered, save on this machine, where nothing is to be hidden and certificates are
    home-made; a password crosses no network without it."""
    if server.tls or server.local:
        return
    if smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo_or_helo_if_needed()
    elif server.user:
        raise MailError(f"The mail server {server} offers no TLS, and a password is not sent without: use smtps://.")


def _log_in(smtp: smtplib.SMTP, server: Server, password: str) -> None:
    if not server.user:
        return
    if not (server.user.isascii() and password.isascii()):
        raise MailError(f"User and password for {server} must be plain ASCII: SMTP logins carry nothing else safely.")
    smtp.login(server.user, password)


@contextmanager
def _explained(server: Server) -> Iterator[None]:
    """What can go wrong before the first mail, as one sentence: MailError for what only a person can mend."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise _refused(server, f"refuses the password of {server.user} (see {PASSWORD})", error) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(server, "does not take us in", error) from error
    except smtplib.SMTPServerDisconnected as error:
        hint = " Port 465 wants smtps://." if server.port == 465 and not server.tls else ""
        words = plain_line(str(error), WORDS)
        raise TryLater(f"The mail server {server} closed the connection or said nothing: {words}.{hint}") from error
    except smtplib.SMTPException as error:
        raise MailError(f"The mail server {server} offers no login curator knows: remove the user.") from error
    except ssl.SSLCertVerificationError as error:
        why = plain_line(error.verify_message, WORDS).rstrip(".")
        mend = "put its authority's certificate into a file and name that file in SSL_CERT_FILE"
        raise MailError(f"The mail server {server} shows a certificate that is not trusted: {why}; {mend}.") from error
    except ssl.SSLError as error:
        why = plain_line(error.reason or str(error), WORDS)
        raise MailError(
            f"The mail server {server} does not speak TLS as it should ({why}): is the port right?"
        ) from error
    except socket.gaierror as error:
        raise TryLater(f"The mail server {server.host} cannot be found: no network, or the name is wrong.") from error
    except UnicodeError as error:
        raise MailError(f"“{server.host}” cannot be the name of a mail server.") from error
    except TimeoutError as error:
        raise TryLater(f"The mail server {server} did not answer in time.") from error
    except OSError as error:
        why = plain_line(error.strerror or str(error), WORDS)
        raise TryLater(f"The mail server {server} cannot be reached: {why}.") from error


def _refused(server: Server, what: str, error: smtplib.SMTPResponseException) -> MailError | TryLater:
    said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
    answer = Answer(error.smtp_code, said)
    if answer.refused:
        return TryLater(f"The mail server {server} asks to come back later: {answer}.")
    return MailError(f"The mail server {server} {what}: {answer}.")
