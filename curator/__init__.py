"""curator: from policy feeds to the mails of a network."""

__version__ = "0.1.0"
