from __future__ import annotations

from curator.desk.screens.base import DeskScreen


class EditionsScreen(DeskScreen):
    place = "editions"
