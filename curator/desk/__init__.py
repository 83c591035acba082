"""The desk: where the editor sits. The only room that knows Textual; importing this package does not load it."""
