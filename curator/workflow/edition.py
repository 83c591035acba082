"""Editions: draft, arrange by hand, preview, check, seal. One name for the verbs of the files below.

kept documents ─select, arrange→ draft ─render→ Rendered ─check→ findings ─seal→ sealed ─send→ sent
"""

from __future__ import annotations

from curator.workflow.drafting import (
    candidates,
    draft,
    edit,
    introduce,
    key_messages,
    leave_out,
    move,
    next_day,
    place,
)
from curator.workflow.holding import broken
from curator.workflow.looking import Preview, editions, find, in_reading_order, message_for, preview, rendered
from curator.workflow.rendering import filed_of, outline, render
from curator.workflow.sealing import check, look, seal, unseal

__all__ = [
    "Preview",
    "broken",
    "candidates",
    "check",
    "draft",
    "edit",
    "editions",
    "filed_of",
    "find",
    "in_reading_order",
    "introduce",
    "key_messages",
    "leave_out",
    "look",
    "message_for",
    "move",
    "next_day",
    "outline",
    "place",
    "preview",
    "render",
    "rendered",
    "seal",
    "unseal",
]
