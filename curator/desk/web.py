"""The desk in a browser, by textual-serve: on this machine only, behind a token in the address.

The address is the key. Without its token every path is refused; so is a request that names another host than this
machine (a name that was made to lead here) or comes from another page (its Origin). The page loads nothing from
elsewhere, which its Content-Security-Policy holds the browser to.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import shlex
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path
from string import Template

from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from curator.desk import SERVED_DRIVER
from curator.errors import UsageError

HOST = "127.0.0.1"
NAMES = ("127.0.0.1", "localhost", "[::1]")
"""What this machine is called in an address; a tunnel's end has another port, so that the port is free."""
TOKEN_BYTES = 24
GRACE_SECONDS = 5.0
"""How long a desk may take to save and leave, before it is ended."""
FONT_SIZE = 15
_PAGE = Path(__file__).with_name("web.html")
_SCRIPT = Path(__file__).with_name("web.js")
_REFUSED = "This is not the address that curator printed.\n"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def serve_desk(folder: Path, title: str, tell: Callable[[str], None], port: int = 0) -> None:
    """Serve the desk of the workspace in `folder` until Ctrl-C, each page a desk of its own; `tell` gets the one
    address to open. `port` 0 is any that is free. Raises UsageError where the port cannot be had."""
    words = [sys.executable, "-m", "curator", "-w", str(folder), "desk"]
    with _listening(port) as ear:
        asyncio.run(_serve(DeskServer("exec " + shlex.join(words), title), ear, tell))


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"Port {port} of this machine cannot be had ({reason}). Leave --port out for any.") from error


async def _serve(server: DeskServer, ear: socket.socket, tell: Callable[[str], None]) -> None:
    over = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, over.set)
    runner = web.AppRunner(await server._make_app(), access_log=None, shutdown_timeout=2 * GRACE_SECONDS)
    await runner.setup()
    try:
        await web.SockSite(runner, ear).start()
        tell(f"http://{HOST}:{ear.getsockname()[1]}/{server.token}/")
        await over.wait()
    finally:
        await runner.cleanup()


class DeskService(AppService):
    """One desk in a process of its own."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        served = {"TEXTUAL_DRIVER": SERVED_DRIVER, "LINES": str(height)}
        return super()._build_environment(width, height) | served

    async def end(self) -> None:
        """Have it leave, and end it where it does not."""
        if (process := self._process) is None:
            return
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await self.stop()
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


class DeskServer(Server):
    """Lets nobody in without the token, which `token` is the first part of every path."""

    def __init__(self, command: str, title: str) -> None:
        super().__init__(command, host=HOST, title=title)
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self._page = Template(_PAGE.read_text(encoding="utf-8"))
        self._sockets: set[web.WebSocketResponse] = set()

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get(f"/{self.token}/", self.handle_page)
        app.router.add_get(f"/{self.token}/desk.js", self.handle_script)
        app.router.add_get(f"/{self.token}/ws", self.handle_websocket)
        app.router.add_static(f"/{self.token}/static", self.statics_path)
        app.on_response_prepare.append(self._dress)
        app.on_shutdown.append(self.on_shutdown)
        return app

    # ------------------------------------------------------------ who may come in

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not self.is_welcome(request):
            raise web.HTTPForbidden(text=_REFUSED)
        return await handler(request)

    def is_welcome(self, request: web.Request) -> bool:
        """Whether it knows the token, names this machine, and comes from no other page."""
        given = request.path.removeprefix("/").partition("/")[0].encode(errors="surrogateescape")
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin")
        here = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        own = origin == f"http://{host}" or (origin is None and "Upgrade" not in request.headers)
        return hmac.compare_digest(given, self.token.encode()) and here.lower() in NAMES and own

    async def _dress(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)

    # ------------------------------------------------------------ what is there

    async def handle_page(self, request: web.Request) -> web.Response:
        page = self._page.substitute(
            title=escape(self.title),
            websocket=escape(f"ws://{request.host}/{self.token}/ws"),
            size=max(6, min(to_int(request.query.get("fontsize", ""), FONT_SIZE), 60)),
        )
        return web.Response(text=page, content_type="text/html")

    async def handle_script(self, request: web.Request) -> web.Response:
        return web.Response(text=_SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A desk for as long as its page is open."""
        page = web.WebSocketResponse(heartbeat=15)
        width, height = (to_int(request.query.get(name, ""), usual) for name, usual in (("width", 80), ("height", 24)))
        await page.prepare(request)

        async def close() -> None:
            await page.close()

        desk = DeskService(
            self.command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        self._sockets.add(page)
        try:
            await desk.start(width, height)
            await self._process_messages(page, desk)
        except (ValueError, LookupError, TypeError, AssertionError):  # no page of curator's wrote this
            await page.close(code=WSCloseCode.UNSUPPORTED_DATA)
        finally:
            self._sockets.discard(page)
            await desk.end()
        return page

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every page, which ends its desk."""
        await asyncio.gather(*(page.close(code=WSCloseCode.GOING_AWAY) for page in list(self._sockets)))
