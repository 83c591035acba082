"""Two hundred documents triaged by real keys in tmux, all sent at once: how long the desk takes, and whether the
library says afterwards of each what was struck over it. Keeping, dropping, putting off, themes, countries and sections
through their pickers, in turns.

    python benchmarks/triage.py [--documents 200]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.shelves import make
from tests.desk.tmux import Terminal
from tests.desk.triaging import Deed, misplaced, plan

LONGEST_SECONDS = 60.0


def main() -> int:
    arguments = argparse.ArgumentParser(description="Triage by real keys in tmux.")
    arguments.add_argument("--documents", type=int, default=200)
    documents = arguments.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="curator-triage-") as folder:
        workspace = make(Path(folder) / "shelf", documents * 4 // 3 + 8)
        planned = list(plan(workspace, documents))
        keys = [key for _, deed in planned for key in deed.keys]
        seconds = _struck(workspace, keys, planned[-1:])
        wrong = misplaced(workspace, planned)
    print(f"{documents} documents, {len(keys)} keys: {seconds:.1f} s, {seconds / documents * 1000:.0f} ms a document")
    print(f"{len(wrong)} acts lost or misplaced, at most 0; {seconds:.1f} s, at most {LONGEST_SECONDS:g} s")
    print(*wrong[:10], sep="\n", end="")
    return int(bool(wrong) or seconds > LONGEST_SECONDS)


def _struck(workspace: Path, keys: list[str], last: list[tuple[int, Deed]]) -> float:
    """Seconds until the last document says what was struck over it."""
    terminal = Terminal(workspace)
    terminal.open()
    try:
        terminal.sees(" left", gone="reading")
        began = time.perf_counter()
        for start in range(0, len(keys), 200):
            terminal.press(*keys[start : start + 200])
        while misplaced(workspace, last) and time.perf_counter() - began < 3 * LONGEST_SECONDS:
            time.sleep(0.02)
        return time.perf_counter() - began
    finally:
        terminal.close()


if __name__ == "__main__":
    sys.exit(main())
