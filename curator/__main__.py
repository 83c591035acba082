"""The program: `curator …` and `python -m curator …`."""

from __future__ import annotations

import gc
import io
import sys

from curator.cli import run_program

_SELDOM = 50_000
"""New values between two searches for dead ones: a command of a fifth of a second makes hundreds of thousands, few of
which die in circles."""


def main() -> int:
    """Run the words of the command line; answers the exit code. A letter the terminal cannot show becomes a `?`."""
    gc.set_threshold(_SELDOM)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return run_program(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
