"""Bringing documents: fetch, parse, normalise, match. Everything but `fetch` is a function from values to values."""
