"""A second process that fetches and reads while this one matches and stores, for a first pull of many feeds.

    Errand ─pickle→ `serve` ─bring→ Came ─pickle→ a short queue ─→ `bring_beside`

Reading is Python's own work, of which threads do only one piece at a time. Nothing hangs on the process: what it has
not brought when it ends, whatever it died of, is brought here; a programming error in it is raised here.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO

from msgspec.structs import replace

from curator.pull.bring import Came, Errand, Idle, bring

_AHEAD = 32  # feeds it may be ahead
_IDLE = 0.1  # seconds
_LENGTH = struct.Struct("!I")
_SERVE = "import sys; sys.path[:] = {path!r}; from curator.pull.beside import serve; serve()"


def is_possible() -> bool:
    """Whether there is a second processor, and a way to start a process on it."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return os.name == "posix" and bool(sys.executable) and processors > 1


def bring_beside(errand: Errand, idle: Idle) -> Generator[Came, None, None]:
    """As `bring`."""
    left = {feed.slug: feed for feed in errand.feeds}
    with _process(errand) as frames:
        for frame in _arriving(frames, idle) if left else ():
            came = pickle.loads(frame)
            if isinstance(came, BaseException):
                raise came
            del left[came.slug]
            yield came
            if not left:
                return
    yield from bring(replace(errand, feeds=tuple(left.values())), idle)


def _arriving(frames: Queue[bytes], idle: Idle) -> Iterator[bytes]:
    """Until the process has ended, which an empty frame says."""
    while True:
        try:
            frame = frames.get(timeout=_IDLE)
        except Empty:
            idle()
            continue
        if not frame:
            return
        yield frame


@contextmanager
def _process(errand: Errand) -> Iterator[Queue[bytes]]:
    """The process at work, and what it writes, frame by frame; it is ended with the block."""
    frames: Queue[bytes] = Queue(_AHEAD)
    process = _at_hand.pop() if _at_hand else _start()
    if process is None:
        frames.put(b"")
        yield frames
        return
    assert process.stdin and process.stdout
    over = Event()
    receiving = Thread(target=_receive, args=(process.stdout, frames, over), daemon=True)
    receiving.start()
    try:
        with suppress(OSError):  # it died at once: its end of the queue says so
            process.stdin.write(pickle.dumps(errand, pickle.HIGHEST_PROTOCOL))
            process.stdin.flush()  # and left open: where it ends, this process has died, whatever of
        yield frames
    finally:
        over.set()
        process.kill()
        receiving.join()
        _end(process)


def _start() -> subprocess.Popen[bytes] | None:
    """None where there is no room for one more."""
    with suppress(OSError):
        command = [sys.executable, "-c", _SERVE.format(path=sys.path)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):  # what was not yet written goes nowhere
                pipe.close()


_at_hand: list[subprocess.Popen[bytes]] = []


@contextmanager
def at_hand() -> Iterator[None]:
    """Start the process now for the pull within the block, which takes it or not: it gets ready meanwhile."""
    process = _start() if is_possible() else None
    if process:
        _at_hand.append(process)
    try:
        yield
    finally:
        if process in _at_hand:
            _at_hand.remove(process)
            _end(process)


def _receive(pipe: IO[bytes], frames: Queue[bytes], over: Event) -> None:
    while not over.is_set():
        frame = _frame(pipe)
        while not over.is_set():
            with suppress(Full):
                frames.put(frame, timeout=_IDLE)
                break
        if not frame:
            return


def _frame(pipe: IO[bytes]) -> bytes:
    """The next whole one; b"" at the end."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return b""
    (size,) = _LENGTH.unpack(head)
    frame = pipe.read(size)
    return frame if len(frame) == size else b""


# ---------------------------------------------------------------- in the process


def serve() -> None:
    """Do the errand on stdin and write what comes to stdout, each behind its length; an error comes last."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write between the frames
    _get_ready()
    with suppress(BrokenPipeError):
        try:
            errand = pickle.load(sys.stdin.buffer)
            Thread(target=_end_with_stdin, daemon=True).start()
            for came in bring(errand, lambda: None):
                _write(out, came)
        except Exception as error:
            error.add_note(f"In the process that fetches and reads:\n{traceback.format_exc()}")
            _write(out, error)
    with suppress(BrokenPipeError):
        out.close()


def _end_with_stdin() -> None:
    os.read(0, 1)
    os._exit(1)


def _get_ready() -> None:
    """Load what every pull needs before there is an errand."""
    import curator.pull.normalise
    import curator.pull.parse  # noqa: F401 - for `bring`
    from curator import http

    http.load_httpx()


def _write(out: IO[bytes], what: Came | Exception) -> None:
    frame = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    out.write(_LENGTH.pack(len(frame)))
    out.write(frame)
    out.flush()
