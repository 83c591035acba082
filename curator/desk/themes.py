"""The desk's own colours, dark and light, beside the themes that come with Textual."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

DARK = Theme(
    name="curator-dark",
    primary="#7fb4c6",
    accent="#7fb4c6",
    warning="#e0a458",
    error="#d9776c",
    success="#8fb573",
    foreground="#d6d9dc",
    background="#16191d",
    surface="#1e2227",
    panel="#262b31",
    dark=True,
)
LIGHT = Theme(
    name="curator-light",
    primary="#1f6f8b",
    accent="#1f6f8b",
    warning="#a85d00",
    error="#a8322a",
    success="#3d7a2e",
    foreground="#24292e",
    background="#fbfaf7",
    surface="#f0eee8",
    panel="#e6e3db",
    dark=False,
)
NAMES = frozenset({*BUILTIN_THEMES, DARK.name, LIGHT.name})
"""What `theme` in desk.toml may say."""
