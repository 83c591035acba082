"""The desk in a browser: a real one keeps a document; nobody comes in without the address; Ctrl-C ends all of it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("textual_serve", reason="curator[web] is not installed here")

import aiohttp

from curator.library import Library
from curator.workflow.pull import pull
from curator.workflow.workspace import open_workspace
from tests.desk.browser import MISSING, Page, browser, find_browser

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, pulled."""
    folder = tmp_path_factory.mktemp("web") / "network"
    shutil.copytree(ROOT / "curator" / "data" / "sample", folder)
    with open_workspace(folder) as workspace:
        pull(workspace)
    return folder


@dataclass
class Served:
    address: str
    process: asyncio.subprocess.Process

    @property
    def origin(self) -> str:
        return self.address[: self.address.index("/", 8)]

    async def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.process.wait()


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    environ = os.environ | {"PYTHONPATH": str(ROOT), "CURATOR_EDITOR": "anna", "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "curator", "-w", str(folder), "desk", "--web"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
        env=environ,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            address = (await process.stdout.readline()).decode().strip()
        yield Served(address, process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_desks(folder: Path, count: int) -> None:
    """Wait until so many desks work in `folder`."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(desks_of(folder)) != count:
            await asyncio.sleep(0.05)


def desks_of(folder: Path) -> list[int]:
    """The processes that serve a page of this workspace."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[-2:] == [b"desk", b""] and os.fsencode(folder) in words:
            found.append(int(entry.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="processes are looked for in /proc")
async def test_a_document_is_kept_in_a_real_browser_and_ctrl_c_ends_its_desk(network: Path, tmp_path: Path) -> None:
    program = find_browser()
    if program is None:
        pytest.skip(MISSING)
    folder = Path(shutil.copytree(network, tmp_path / "network"))
    async with serving(folder) as served, browser(program, tmp_path) as page:
        await page.do("Page.navigate", url=served.address)
        await page.until("document.body?.classList.contains('-first-byte')")
        await page.until("document.activeElement?.classList.contains('xterm-helper-textarea')")
        await until_kept(page, folder)
        assert {urlsplit(one).netloc for one in page.asked_for} == {urlsplit(served.address).netloc}
        assert any(one.startswith("ws://") for one in page.asked_for)
        assert len(desks_of(folder)) == 1
        assert await served.end() == 0
        await page.until("document.body.classList.contains('-closed')")
        assert desks_of(folder) == []


async def until_kept(page: Page, folder: Path) -> None:
    """Keep until the library has it kept: the desk takes keys once its list is there."""
    with Library(folder / "curator.db") as library:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not library.documents.counts().decisions.get("kept"):
                await page.type("s")
                await asyncio.sleep(0.2)
        kept = [one.review for one in library.documents.find() if one.review.decision == "kept"]
    assert all(review.by == "anna" for review in kept)


async def test_without_the_token_nothing_is_given(network: Path) -> None:
    async with serving(network) as served, aiohttp.ClientSession() as session:
        token = urlsplit(served.address).path.strip("/")
        other = token[::-1]
        files = ("", "ws", "static/js/textual.js", "static/css/xterm.css")
        for path in ("", *(f"/{other}/{file}" for file in files), "/static/js/textual.js", "/ws", f"/x/../{other}/"):
            assert await status(session, served.origin + path) == 403, path
        assert await status(session, served.address) == 200
        assert await status(session, f"{served.address}static/js/textual.js") == 200
        assert desks_of(network) == []


async def test_another_name_or_another_page_is_turned_away(network: Path) -> None:
    async with serving(network) as served, aiohttp.ClientSession() as session:
        for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", ""):
            assert await status(session, served.address, Host=host) == 403, host
        assert await status(session, served.address, Host="localhost:8000") == 200, "the end of a tunnel"
        socket = f"{served.address}ws"
        for origin in ("http://evil.example", "null", "https://" + urlsplit(served.address).netloc):
            assert await status(session, served.address, Origin=origin) == 403
            assert await upgraded(session, socket, origin) == 403
        assert await upgraded(session, socket, None) == 403
        assert desks_of(network) == []
        assert await upgraded(session, socket, served.origin) == 101


async def test_a_desk_leaves_with_the_program_that_serves_it_however_that_ended(network: Path) -> None:
    async with serving(network) as served, aiohttp.ClientSession() as session:
        await session.ws_connect(f"{served.address}ws", origin=served.origin)
        await until_desks(network, 1)
        served.process.kill()
        await served.process.wait()
        await until_desks(network, 0)


async def status(session: aiohttp.ClientSession, address: str, **headers: str) -> int:
    async with session.get(address, headers=headers) as answer:
        return answer.status


async def upgraded(session: aiohttp.ClientSession, address: str, origin: str | None) -> int:
    try:
        async with session.ws_connect(address, origin=origin):
            return 101
    except aiohttp.WSServerHandshakeError as refusal:
        return refusal.status
