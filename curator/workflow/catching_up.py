"""Documents that were stored before families existed leave their keys when next something is brought: the newest first,
a bounded number at a time, so that neither a pull nor a desk beside it waits for long.

They are not compared with one another: what an editor has worked through stays as it is. What comes from now on finds
them.
"""

from __future__ import annotations

from curator.library import Library

STEP = 1_000
"""Documents of one transaction: some 20 ms, between which others write. Where it is killed, the next one goes on."""
STEPS = 50
"""Of one pull: about a second. Most libraries are done after the first pull, one of a million after twenty."""


def catch_up(library: Library, steps: int = STEPS, step: int = STEP) -> int:
    """Let older documents leave their keys; answers how many did, 0 once all have."""
    done = 0
    while steps > 0 and library.families.unkeyed(1):
        with library.write():
            done += _catch_up(library, step)
        steps -= 1
    return done


def _catch_up(library: Library, step: int) -> int:
    from curator.pull.kinship import keys_of
    from curator.workflow.families import leave_keys

    numbers = library.families.unkeyed(step)
    if numbers:
        known = library.families.kin(numbers)
        leave_keys(library, {number: keys_of(known[number], known[number].words) for number in numbers})
        library.families.keyed_down_to(numbers[-1])
    return len(numbers)
