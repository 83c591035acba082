"""A summary as an editor writes it, and the text a page gives of one like it. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.digest.summary.values import Summary
from curator.digest.summary.written import parse_summary

SEED = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "003_9d864756ee0dbf37.txt"

WRITTEN = """\
---
title: Guidance on crisis care
link: https://example.org/guidance.pdf
publisher: World Health Organization
themes: crisis-care
---

What stands before the first chapter.

# Why crises need another answer

Most people *first* meet police.

## 1.1 Conclusion

Send nurses and peers.

- They cost no more.

### Box 1. Good practice examples

- Crisis House (Cork, Ireland)
- A team without a place

### What people say

- It was quiet.

# What to do

### Actions required: Financing

For: Governments, Health insurers

- Pay for beds in homes.
- Pay peers.

### Actions required: Media

- Report with care.
"""

RUNNING = """\
 I. Introduction  

This text has lines as a page gives them, each with space below it, and a sentence that goes on here 

until its end.  

 

Chapter 1: Why crises need another answer than the one that they get in 

most of our towns 

Most people first meet police.  

1.1 What helps 

The examples (see Box 1.) show what helps. Teams should be 

• Near 

• Known to 

people  

Box 1.  

Good practice examples 

Crisis House (Cork, 

Ireland) 

Nurses and Peers of the Town of 

Lund (Sweden) 

 

and open at night.  

Chapter 2. What to do 

2.1 Money 

Beds in homes cost less. 

2.2 Words 

Words matter. 

Financing actions required:  

Pay for beds in person-

centred homes 

Pay peers 

 

Money for homes and money actions required: 

Ask people 

"""


def written() -> Summary:
    summary, faults = parse_summary(WRITTEN)
    assert not faults
    return summary


def seed() -> str:
    if not SEED.is_file():
        pytest.skip("the models of ../shared/seeds are not present")
    return SEED.read_text(encoding="utf-8")
