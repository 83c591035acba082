"""The desk: where the editor sits. The only room that knows Textual; importing this package does not load it."""

SERVED_DRIVER = "curator.desk.served:ServedDriver"
"""As Textual is told in `TEXTUAL_DRIVER` by `desk --web`, which then stands in the terminal's stead."""
