"""Real mail servers on 127.0.0.1 and ephemeral ports, each a context manager that yields its `.url`.

- `mail_server()`   aiosmtpd: takes mails, refuses whom it is told to, speaks TLS, AUTH and SMTPUTF8 when asked
- `rude_server()`   a bare socket that answers, hangs up or keeps silent at any step of the dialogue, as scripted
- `smtp_sink()`     postfix's own test server; skips, saying so, where it is not installed
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
NOT_LOCAL = "0.0.0.0"  # reaches this machine, yet is no loopback address: what is meant for the network applies


# ---------------------------------------------------------------- a server that behaves


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it arrived; `content` after the server took the stuffed dots away."""

    sender: str
    to: str
    content: bytes


@dataclass
class MailServer:
    """What a test sees of the server: its mails, and the answers it may change at any time.

    `answers` maps an address to what RCPT is answered; a list is used up one by one, then the address is taken.
    """

    host: str
    port: int
    scheme: str = "smtp"
    mails: list[Mail] = field(default_factory=list)
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    after_data: dict[str, str] = field(default_factory=dict)
    connections: int = 0  # counted by EHLO, of which STARTTLS makes two

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"

    def url_for(self, user: str) -> str:
        return f"{self.scheme}://{user}@{self.host}:{self.port}"

    # aiosmtpd calls these on the server's thread

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if isinstance(answer, list):
            answer = answer.pop(0) if answer else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        to = envelope.rcpt_tos[0]
        answer = self.after_data.get(to, f"250 2.0.0 queued as {len(self.mails) + 1}")
        if answer.startswith("2"):
            content = envelope.original_content
            assert content is not None and envelope.mail_from is not None
            self.mails.append(Mail(envelope.mail_from, to, content))
        return answer


class _Controller(Controller):
    """A controller that takes any free port and knows which."""

    def __init__(self, handler: MailServer, **settings: Any) -> None:
        self._socket = socket.create_server((HOST, 0))
        super().__init__(handler, hostname=HOST, port=self._socket.getsockname()[1], **settings)

    def _create_server(self) -> Awaitable[Any]:
        server: Awaitable[Any] = self.loop.create_server(self._factory_invoker, sock=self._socket, ssl=self.ssl_context)
        return server


@contextlib.contextmanager
def mail_server(
    *,
    host: str = HOST,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    user: tuple[str, str] | None = None,
    utf8: bool = True,
    size: int | None = 33_554_432,
) -> Iterator[MailServer]:
    """A server that takes mails; `user` (name, password) makes it ask for a login."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and user == (data.login.decode(), data.password.decode())
        return AuthResult(success=known, handled=known)

    settings: dict[str, Any] = {"enable_SMTPUTF8": utf8, "data_size_limit": size, "server_hostname": "mail.test"}
    if starttls:
        settings["tls_context"] = starttls
    if user:
        safe = starttls is not None
        settings |= {"authenticator": authenticate, "auth_required": safe, "auth_require_tls": safe}
    seen = MailServer(host, 0, "smtps" if tls else "smtp")
    controller = _Controller(seen, ssl_context=tls, **settings)
    seen.port = controller.port
    controller.start()
    try:
        yield seen
    finally:
        controller.stop()


# ---------------------------------------------------------------- a server that misbehaves

HANG_UP = "(hang up)"
SILENCE = "(silence)"


@dataclass
class RudeServer:
    """`said` is every line the clients said; `mails` the contents that arrived whole, dots still stuffed."""

    host: str
    port: int
    script: dict[str, str | list[str]]
    said: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"

    def answer(self, step: str, usual: str) -> str:
        scripted = self.script.get(step, usual)
        if isinstance(scripted, list):
            return scripted.pop(0) if scripted else usual
        return scripted


_USUAL = {"EHLO": "250 rude.test", "DATA": "354 go ahead", "QUIT": "221 bye"}


class _Rudeness(socketserver.StreamRequestHandler):
    """One connection. Steps are the verbs, `greeting`, `inside` (the mail's first line) and `.` (its end)."""

    server: _RudeTcp

    def handle(self) -> None:
        self.server.seen.connections += 1
        with contextlib.suppress(OSError):
            if not self._reply("greeting", "220 rude.test"):
                return
            while line := self.rfile.readline():
                said = line.decode("utf-8", "replace").rstrip("\r\n")
                self.server.seen.said.append(said)
                verb = said.partition(" ")[0].upper()
                if not self._reply(verb, _USUAL.get(verb, "250 OK")) or verb == "QUIT":
                    return
                if verb == "DATA" and self.accepted and not self._take_mail():
                    return

    def _take_mail(self) -> bool:
        first, rest = self.rfile.readline(), b""
        if self.server.seen.answer("inside", "") == HANG_UP:
            return False
        while not (first + rest).endswith(b"\r\n.\r\n"):
            more = self.rfile.readline()
            if not more:
                return False
            rest += more
        self.server.seen.mails.append((first + rest)[:-3])
        return self._reply(".", "250 queued")

    def _reply(self, step: str, usual: str) -> bool:
        answer = self.server.seen.answer(step, usual)
        self.accepted = answer.startswith("354")
        if answer == HANG_UP:
            return False
        if answer == SILENCE:
            self.server.over.wait(30)
            return False
        self.wfile.write(answer.replace("\n", "\r\n").encode() + b"\r\n")
        return not answer.startswith("421")


class _RudeTcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    seen: RudeServer
    over: threading.Event


@contextlib.contextmanager
def rude_server(script: Mapping[str, str | list[str]], *, host: str = HOST) -> Iterator[RudeServer]:
    """A server that says what `script` has for a step (`HANG_UP`, `SILENCE`); a list is used up one by one."""
    with _RudeTcp((HOST, 0), _Rudeness) as server:
        server.seen = RudeServer(host, server.server_address[1], dict(script))
        server.over = threading.Event()
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.seen
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server((HOST, 0)) as found:
        port: int = found.getsockname()[1]
    return port


# ---------------------------------------------------------------- postfix's


@dataclass(frozen=True, slots=True)
class Sink:
    url: str
    folder: Path

    def mails(self) -> list[bytes]:
        """What it wrote down, oldest name first: its own headers, the mail, an empty line; line ends are LF."""
        return [path.read_bytes() for path in sorted(self.folder.iterdir())]


@contextlib.contextmanager
def smtp_sink(folder: Path, options: Sequence[str] = ()) -> Iterator[Sink]:
    """`smtp-sink(1)` with `options`, writing each mail into `folder`."""
    program = shutil.which(
        "smtp-sink", path="/usr/sbin:/usr/lib/postfix/sbin:/usr/bin:/usr/local/sbin:/opt/homebrew/sbin"
    )
    if program is None:
        pytest.skip("postfix's smtp-sink is not installed")
    folder.mkdir()
    user = ["-u", "root"] if os.geteuid() == 0 else []
    port = closed_port()
    command = [program, *user, "-d", f"{folder}/%H%M%S.", *options, f"{HOST}:{port}", "16"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield Sink(f"smtp://{HOST}:{port}", folder)
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            pytest.skip(f"smtp-sink does not run here (it ended with {process.returncode})")
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection((HOST, port), 1):
            return
        threading.Event().wait(0.02)
    raise TimeoutError("smtp-sink does not listen")


# ---------------------------------------------------------------- certificates


def self_signed(folder: Path, *names: str) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context with a certificate it signed itself (for IP addresses), and that certificate's file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    alternatives = ",".join(f"IP:{name}" for name in names)
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=mail.test", "-addext", f"subjectAltName={alternatives}"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context, certificate
