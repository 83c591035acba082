"""The program: `curator …` and `python -m curator …`."""

from __future__ import annotations

import gc
import io
import sys

_SELDOM = 50_000
"""New values between two searches for dead ones: a command of a fifth of a second makes hundreds of thousands, few of
which die in circles."""


def main() -> int:
    """Run the words of the command line; answers the exit code. A letter the terminal cannot show becomes a `?`.

    What is left at the end goes with the process: Python's last searches for what is dead among it, and taking that
    apart, take as long as importing half the libraries. Whatever has to be closed was closed by who opened it."""
    gc.set_threshold(_SELDOM)
    from curator.cli import run_program  # loading it makes half of what a command makes

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run_program(sys.argv[1:])
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(main())
