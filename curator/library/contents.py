"""What an edition said when it was sealed, as text; it goes when its rendering does."""

from __future__ import annotations

from curator.library.store import Store


class SealedContents:
    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, edition: str, text: str) -> None:
        """Beside the rendering, which must be there."""
        self._store.run(
            "INSERT INTO sealed_contents (edition, contents) VALUES (?, ?) "
            "ON CONFLICT (edition) DO UPDATE SET contents = excluded.contents",
            (edition, text),
        )

    def of(self, edition: str) -> str | None:
        """None where it is not sealed, or was by a curator that did not keep them."""
        row = self._store.row("SELECT contents FROM sealed_contents WHERE edition = ?", (edition,))
        return row["contents"] if row else None
