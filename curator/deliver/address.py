"""E-mail addresses: what can be mailed, in one spelling each. Pure.

Left out on purpose, though RFC 5321 has them: quoted local parts (`"a b"@example.org`), which programs on the way have
misread as other people's addresses, and address literals (`a@[192.0.2.1]`), which no mailing list needs.
"""

from __future__ import annotations

import re
import unicodedata

from curator.clean import plain_line
from curator.errors import UsageError

# RFC 5322 atext, and RFC 6531's letters: all but controls, spaces and specials, which compiles at once
_ATOM = r'[^\x00-\x20"(),.:;<>@\[\\\]\x7f-\u00a0]+'
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def parse_address(text: str) -> str:
    """`text` as one address that can be mailed: the domain in lower case and ASCII (`xn--…`), the rest untouched.

    Raises UsageError with one sentence. Limits are octets: 64 before the @, 253 after, 254 in all (RFC 5321 §4.5.3).
    """
    _refuse(_strangeness(text), text)
    local, _, domain = text.partition("@")
    _refuse(_local_fault(local), text)
    local, domain = unicodedata.normalize("NFC", local), _ascii(domain, text)
    _refuse(_domain_fault(domain), text)
    address = f"{local}@{domain}"
    _refuse("it is longer than 254 bytes" if len(address.encode()) > 254 else "", text)
    return address


def parse_mailbox(text: str) -> tuple[str, str]:
    """Name and address of `Name <address>` or of an address alone, whose name is "". Raises UsageError."""
    text = text.strip()
    if not text.endswith(">"):
        return "", parse_address(text)
    name, _, address = text[:-1].rpartition("<")
    bad = next((c for c in name if unicodedata.category(c)[0] == "C"), "")
    _refuse(f"its name holds {_named(bad)}" if bad else "", text)
    return name.strip().strip('"').strip(), parse_address(address.strip())


def _refuse(why: str, text: str) -> None:
    if why:
        raise UsageError(f"“{plain_line(text, 80)}” cannot be mailed: {why}.")


def _strangeness(text: str) -> str:
    """What is wrong with the text as a whole, or ""."""
    if not text:
        return "it is empty"
    if bad := next((c for c in text if unicodedata.category(c)[0] in "CZ" and c != " "), ""):
        return f"it holds {_named(bad)}"
    if "<" in text or ">" in text:
        return "write the address alone, without a name and without < >"
    if "," in text or ";" in text:
        return "write one address at a time"
    if " " in text:
        return "it holds a space"
    if text.count("@") != 1:
        return "it needs one @ between name and domain"
    return ""


def _local_fault(local: str) -> str:
    if not local:
        return "nothing stands before the @"
    if '"' in local:
        return "quotation marks are not taken"
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return "a dot stands at the start, at the end or twice before the @"
    if not _LOCAL.fullmatch(local):
        bad = next((c for c in local if c != "." and not re.fullmatch(_ATOM, c)), "")
        return f"it holds {_named(bad)} before the @"
    return "more than 64 bytes stand before the @" if len(local.encode()) > 64 else ""


def _ascii(domain: str, text: str) -> str:
    """The domain as DNS has it, by IDNA 2008: the standard library's 2003 turns ß into ss, somebody else's domain."""
    lowered = domain.lower()
    if lowered.isascii() and "xn--" not in lowered:
        return lowered
    import idna

    try:
        return idna.encode(lowered, uts46=True).decode("ascii")
    except UnicodeError:
        _refuse("its domain is not a possible international name", text)
        raise


def _domain_fault(domain: str) -> str:
    if not domain:
        return "nothing stands after the @"
    if domain.startswith("["):
        return "its domain must be a name, not a number in brackets"
    labels = domain.split(".")
    if not all(labels):
        return "a dot stands at the start, at the end or twice in the domain"
    if len(domain) > 253 or any(len(label) > 63 for label in labels):
        return "its domain is too long"
    if bad := next((label for label in labels if not _LABEL.fullmatch(label)), ""):
        return f"“{bad}” cannot be part of a domain"
    if len(labels) == 1 and domain != "localhost":
        return "its domain has no dot"
    return "its domain ends in a number" if labels[-1].isdigit() else ""


def _named(character: str) -> str:
    """A character by name and number, for those nobody sees."""
    name = unicodedata.name(character, "a control character").lower()
    shown = f"“{character}”, " if unicodedata.category(character)[0] not in "CZ" else ""
    return f"{shown}{name} (U+{ord(character):04X})"
