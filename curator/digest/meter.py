"""How large a mail is beside what mail programs show of one. Pure."""

from __future__ import annotations

SIZE_WARNING = 90 * 1024
SIZE_LIMIT = 102 * 1024
"""Gmail shows no more of a mail's HTML and hides the rest behind a link."""
_METER = 10
"""Cells of the meter that shows how large a mail is."""


def meter(size: int) -> str:
    """`61 KB of 90 ███████░░░`: how much of what mail programs show a mail's HTML of `size` bytes takes."""
    full = min(round(_METER * size / SIZE_WARNING), _METER)
    return f"{size / 1024:.0f} KB of {SIZE_WARNING // 1024} {'█' * full}{'░' * (_METER - full)}"
