"""The command line: words in, verbs called, results out. One file per noun; it decides nothing.

stdout is the result, stderr is talk. Every module here loads fast: the verbs are imported inside the commands.
"""

from __future__ import annotations

from curator.cli.program import run_program

__all__ = ["run_program"]
