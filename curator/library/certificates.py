"""The certificate that stands beside a seal: what was checked, by which rules, with which result."""

from __future__ import annotations

import json

from curator.library.rows import to_instant, to_text
from curator.library.store import Store
from curator.models import Certificate, Ruling


class Certificates:
    """One for each sealed or sent edition; it goes with the seal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, name: str, certificate: Certificate) -> None:
        """Keep it beside what the seal of the edition stands for, instead of an earlier one."""
        rulings = [[each.rule, each.what, list(each.faults)] for each in certificate.rulings]
        self._store.run(
            "INSERT INTO certificates (edition, hash, at, curator, rulings) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (edition) DO UPDATE SET hash = excluded.hash, at = excluded.at, curator = excluded.curator, "
            "rulings = excluded.rulings",
            (name, certificate.hash, to_text(certificate.at), certificate.curator, json.dumps(rulings)),
        )

    def of(self, name: str) -> Certificate | None:
        """None for an edition that is not sealed, or was before certificates were kept."""
        row = self._store.row("SELECT * FROM certificates WHERE edition = ?", (name,))
        if not row:
            return None
        rulings = (Ruling(rule, what, tuple(faults)) for rule, what, faults in json.loads(row["rulings"]))
        return Certificate(row["hash"], to_instant(row["at"]), row["curator"], tuple(rulings))
