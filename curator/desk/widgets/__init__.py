"""Widgets: models in, events out. They never call the workflow, and nothing a feed said reaches them as markup."""
