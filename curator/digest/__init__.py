"""Digests and their editions: what a digest is, what stands where, how it looks, and the message that carries it."""
