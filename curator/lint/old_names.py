"""Names that were good once: what is called so, how it is called now, and since when."""

from __future__ import annotations

OLD_NAMES: dict[str, tuple[str, int]] = {
    "Swaziland": ("Eswatini", 2018),
    "Burma": ("Myanmar", 1989),
    "Eire": ("Ireland", 1949),
    "Upper Volta": ("Burkina Faso", 1984),
    "Republic of Macedonia": ("North Macedonia", 2019),
    "Scottish Executive": ("Scottish Government", 2007),
    "Public Health England": ("UK Health Security Agency", 2021),
    "Health Education England": ("NHS England", 2023),
    "National Institute for Health and Clinical Excellence": (
        "National Institute for Health and Care Excellence",
        2013,
    ),
    "National Patient Safety Agency": ("NHS England", 2012),
    "European Monitoring Centre for Drugs and Drug Addiction": ("European Union Drugs Agency", 2024),
    "EMCDDA": ("EUDA", 2024),
}
"""Sources: the names' own official gazettes and web sites."""
