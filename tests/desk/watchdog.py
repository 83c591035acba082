"""Watches the event loop of every desk that a test opens: what it may not touch, and how long it may be at one thing.

*Touched*: the thread of a running loop belongs to the keys. What the desk does there with files, processes, the network
and the library is noted with the line of the desk that did it, unless that line is one of `BOUNDED`.

*Measured*: each step of the loop costs at most `MOST_SECONDS` of that thread's own processor time, which a busy machine
lengthens far less than the clock's; by how much is weighed with a piece of work whose time is known. Not counted:
- what a test itself does on the loop;
- the steps before the desk is up: no key waits then;
- collections of garbage: here they look through all that the tests before have left, while `open_desk` freezes it;
- steps in which a module is imported for the first time in this process: which test that falls on is chance.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import thread_time
from types import FrameType
from typing import Any

import pytest
from textual._context import active_app
from textual.app import App

from curator.library.store import Store

MOST_SECONDS = 0.050
"""Three frames of 60 Hz: a pause that is not felt."""
MOST_ANYWHERE_SECONDS = 1.5 * MOST_SECONDS
"""What every test of the desk is held to, except the long trials: the help page needs up to 55 ms for its first drawing
in a process, half of that for the next; nothing else comes near."""
BOUNDED = {
    "app.py:__init__": "a desk that is set up has no loop yet; a test may sit at another one",
    "window.py:_read": "the rows that are seen, by their numbers, through a connection that waits for nobody",
}
"""The only places of the desk that may read while a key waits, and why that is bounded."""
_WATCHED = ("open", "sqlite3.connect", "subprocess.Popen", "os.", "shutil.", "socket.")
_HARMLESS = ("os.putenv", "os.unsetenv", "os.add_dll_directory", "os.fwalk", "os.walk")
_DESK = str(Path("curator", "desk"))
_TESTS = str(Path(__file__).parents[1])


@dataclass
class Watch:
    """What was seen while it lasted; sentences that name the place."""

    touched: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    longest: float = 0.0
    """Of what is in `held`, in seconds."""

    @property
    def said(self) -> str:
        """Everything that was seen, each once."""
        return "On the desk's event loop:\n" + "\n".join(dict.fromkeys([*self.touched, *self.held]))


_watch: Watch | None = None
_quiet: list[float] = []
"""What the piece of work has cost so far; the least is what it costs where nothing else runs."""
_collecting = [0.0, 0.0]
"""When the collection that runs began, and what all took, in seconds of this thread."""


@contextmanager
def watching() -> Iterator[Watch]:
    """Watch all loops of this process."""
    global _watch  # an audit hook can never be taken off again, so that it is told whether to look
    _install()
    before, _watch = _watch, Watch()
    with pytest.MonkeyPatch.context() as patch:
        if before is None:
            patch.setattr(events.Handle, "_run", _measured(events.Handle._run))
            patch.setattr(Store, "_prepare", _traced(Store._prepare))
            gc.callbacks.append(_collected)
        try:
            yield _watch
        finally:
            _watch = before
            if before is None:
                gc.callbacks.remove(_collected)


# ---------------------------------------------------------------- touched


def _install(installed: list[bool] = []) -> None:  # noqa: B006
    if not installed:
        installed.append(True)
        for _ in range(5):
            _reference()
        sys.addaudithook(_heard)


def _heard(event: str, args: tuple[Any, ...]) -> None:
    if _watch is not None and event.startswith(_WATCHED) and not event.startswith(_HARMLESS):
        _touched(f"{event} ({Path(str(args[0])).name[:40] if args else ''})")


def _traced(prepare: Callable[[Store], None]) -> Callable[[Store], None]:
    """Every statement of every connection is told before it runs, in the thread that runs it."""

    def traced(store: Store) -> None:
        prepare(store)
        store.connection.set_trace_callback(lambda sql: _touched(f"the library ({' '.join(sql.split())[:60]} …)"))

    return traced


def _touched(what: str) -> None:
    """Note it if the desk did it while its loop runs in this thread."""
    if _watch is None or events._get_running_loop() is None:
        return
    place = _place(sys._getframe(1))
    if place and place.split(" ")[0] not in BOUNDED:
        _watch.touched.append(f"{place} touches {what}")


def _place(frame: FrameType | None) -> str:
    """`file.py:function (line)` of the desk's innermost function; '' where a test or an import did it, or where no
    desk is up yet."""
    place = ""
    app = active_app.get(None)
    if app is None or not _up(app):
        return ""
    while frame is not None:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib"):
            return ""
        if code.co_filename.startswith(_TESTS) and code.co_filename != __file__:
            return place
        if not place and _DESK in code.co_filename:
            place = f"{Path(code.co_filename).name}:{code.co_name} (line {frame.f_lineno})"
        frame = frame.f_back
    return place


def _up(app: App[Any]) -> bool:
    """Whether keys are answered: after the first screen is there, and until it closes."""
    return app._dom_ready and app._running and not app._closing and not app._exit


# ---------------------------------------------------------------- measured


def _measured(run: Callable[[events.Handle], None]) -> Callable[[events.Handle], None]:
    def measured(handle: events.Handle) -> None:
        name, modules, collecting = _named(handle), len(sys.modules), _collecting[1]
        up = name and _watched(handle)
        begun = thread_time()
        run(handle)
        took = thread_time() - begun - (_collecting[1] - collecting)
        if _watch is None or not up or took <= MOST_SECONDS or len(sys.modules) != modules:
            return
        took /= max(_reference() / min(_quiet), 1.0)
        if took > MOST_SECONDS:
            _watch.longest = max(_watch.longest, took)
            _watch.held.append(f"{name} held it for {took * 1000:.0f} ms of processor time")

    return measured


def _reference() -> float:
    """What a piece of work costs now that always is the same, in seconds of processor time."""
    begun = thread_time()
    sum(len(str(number)) for number in range(10_000))
    _quiet.append(thread_time() - begun)
    return _quiet[-1]


def _watched(handle: events.Handle) -> bool:
    context: Any = getattr(handle, "_context")  # noqa: B009
    app = context.get(active_app)
    return app is not None and _up(app)


def _named(handle: events.Handle) -> str:
    """Whose step it is; '' for a test's."""
    callback = getattr(handle, "_callback")  # noqa: B009
    owner = getattr(callback, "__self__", None)
    if not isinstance(owner, asyncio.Task):
        return repr(callback)
    coroutine: Any = owner.get_coro()
    code = getattr(coroutine, "cr_code", None)
    if code is None or ("textual" not in code.co_filename and _DESK not in code.co_filename):
        return ""
    frame = coroutine.cr_frame
    pump = frame.f_locals.get("self") if frame else None
    return f"{pump!r} in {coroutine.__qualname__}"


def _collected(phase: str, info: dict[str, int]) -> None:
    if events._get_running_loop() is None:
        return
    if phase == "start":
        _collecting[0] = thread_time()
    else:
        _collecting[1] += thread_time() - _collecting[0]
