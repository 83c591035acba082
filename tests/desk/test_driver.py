"""Keys as a terminal sends them: Esc alone counts soon, and what begins with it stays whole."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from itertools import repeat
from threading import Thread
from typing import Any

import pytest
import pytest_asyncio
from textual import constants, events
from textual.app import App

from curator.desk.driver import ESCAPE_MS, DeskDriver
from tests.desk.conftest import until


class Heard(DeskDriver):
    """Keeps what was struck."""

    def __init__(self, app: App[Any], fileno: int) -> None:
        super().__init__(app)
        self.fileno = fileno
        self.keys: list[str] = []
        self.cuts: Iterator[int] = repeat(4096)

    def _read(self) -> bytes:
        return os.read(self.fileno, next(self.cuts))

    def process_message(self, message: Any) -> None:
        if isinstance(message, events.Key):
            self.keys.append(message.key)


Struck = tuple[Heard, int, Thread]


@pytest_asyncio.fixture
async def struck(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Struck]:
    monkeypatch.delenv("ESCDELAY", raising=False)
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.1)
    reading, writing = os.pipe()
    driver = Heard(App(), reading)
    thread = Thread(target=driver.run_input_thread)
    thread.start()
    yield driver, writing, thread
    driver.exit_event.set()
    thread.join()
    os.close(reading)
    with suppress(OSError):
        os.close(writing)


async def test_escape_is_a_key_and_arrows_stay_whole(struck: Struck) -> None:
    driver, keyboard, _ = struck
    os.write(keyboard, b"j\x1b[Ak")
    await until(lambda: driver.keys == ["j", "up", "k"])
    os.write(keyboard, b"\x1b")
    await until(lambda: driver.keys[3:] == ["escape"])
    os.write(keyboard, "é\x1b[1;5C".encode())
    await until(lambda: driver.keys[4:] == ["é", "ctrl+right"])
    assert constants.ESCAPE_DELAY == ESCAPE_MS / 1000


async def test_escape_is_not_lost_where_a_sign_comes_with_it(struck: Struck) -> None:
    driver, keyboard, _ = struck
    os.write(keyboard, b"t\x1b/a\x1b\r\x1b[Bj")
    await until(lambda: len(driver.keys) == 8)
    assert driver.keys == ["t", "escape", "slash", "a", "escape", "enter", "down", "j"]
    os.write(keyboard, b"\x1bsd\x1bj\x1bk")
    await until(lambda: len(driver.keys) == 14)
    assert driver.keys[8:] == ["escape", "s", "d", "escape", "j", "alt+k"]


@pytest.mark.parametrize(
    ("parts", "keys"),
    [
        ((b"\x1b", b"/a"), ["escape", "slash", "a"]),
        ((b"\x1b", b"\r"), ["escape", "enter"]),
        ((b"x\x1b", b"sd"), ["x", "escape", "s", "d"]),
        ((b"\x1b\x1b", b"[A"), ["escape", "up"]),
        ((b"\x1b", b"[Bj"), ["down", "j"]),
    ],
    ids=str,
)
async def test_escape_is_not_lost_where_what_follows_comes_in_another_read(
    struck: Struck, monkeypatch: pytest.MonkeyPatch, parts: tuple[bytes, ...], keys: list[str]
) -> None:
    driver, keyboard, thread = struck
    await until(lambda: constants.ESCAPE_DELAY == ESCAPE_MS / 1000)
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 20.0)  # however slow the machine is, it comes soon enough
    driver.cuts = iter([len(part) for part in parts])
    os.write(keyboard, b"".join(parts))
    await until(lambda: len(driver.keys) >= len(keys))
    assert driver.keys == keys
    driver.cuts = repeat(4096)
    os.close(keyboard)
    await until(lambda: not thread.is_alive())


async def test_a_letter_that_arrives_in_two_parts_is_one(struck: Struck) -> None:
    driver, keyboard, _ = struck
    for half in ("é".encode()[:1], "é".encode()[1:]):
        os.write(keyboard, half)
        await asyncio.sleep(0.05)
    await until(lambda: driver.keys == ["é"])


STREAM = "jké\x1b[A漢\x1b[1;5C😀\x1bOPß\x1b[<0;10;5M\x1b[200~a\x1b[201~\x1b[5~x".encode()
KEYS = ["j", "k", "é", "up", "漢", "ctrl+right", "grinning_face", "f1", "ß", "pageup", "x"]


@pytest.mark.parametrize("seed", range(12))
async def test_keys_are_the_same_wherever_a_line_cuts_them(
    struck: Struck, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    driver, keyboard, thread = struck
    await until(lambda: constants.ESCAPE_DELAY == ESCAPE_MS / 1000)
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 20.0)  # however slow the machine is, no Esc was meant
    chance = random.Random(seed)
    driver.cuts = iter(lambda: chance.randint(1, 5), 0)
    os.write(keyboard, STREAM * 5)
    await until(lambda: len(driver.keys) >= 5 * len(KEYS))
    assert driver.keys == KEYS * 5
    os.close(keyboard)
    await until(lambda: not thread.is_alive())


async def test_a_keyboard_that_is_gone_is_no_longer_read(struck: Struck) -> None:
    _, keyboard, thread = struck
    os.close(keyboard)
    await until(lambda: not thread.is_alive())
