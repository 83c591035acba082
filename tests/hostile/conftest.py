from __future__ import annotations

from tests.http_server import site as site
