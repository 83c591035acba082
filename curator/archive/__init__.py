"""A static site of the editions that were approved: pages, indexes, feeds and a search that needs no server. Pure.

editions as they were sealed ─shelves→ by country, theme, organisation ─pages, feeds, search→ files of the site
"""
