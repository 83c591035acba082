"""The program: `curator …` and `python -m curator …`."""

from __future__ import annotations

import io
import sys

from curator.cli import run_program


def main() -> int:
    """Run the words of the command line; answers the exit code. A letter the terminal cannot show becomes a `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    return run_program(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
