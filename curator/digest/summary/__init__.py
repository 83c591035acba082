"""The structured summary of one long document: what it says by chapters, its boxes, what it asks of whom. Pure."""
