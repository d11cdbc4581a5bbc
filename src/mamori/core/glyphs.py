"""Which characters a font can draw, and what to print in place of those it cannot.

A name with a rare character must never stop a form from being printed, nor vanish from it in
silence: the character becomes a geta mark (〓) and its code point is named on the page.
"""

import struct
import unicodedata
from collections.abc import Iterable

GETA = "〓"
# Marks that only choose the shape of the character before them.
SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


class NotAFont(ValueError):
    """The bytes hold no character table that can be read."""


def coverage(font: bytes) -> frozenset[int]:
    """Give every code point that an OpenType font has a glyph for.

    Reads the `cmap` table (formats 4 and 12). Errors: NotAFont. Source: OpenType specification.
    """
    try:
        count = struct.unpack_from(">H", font, 4)[0]
        for at in range(12, 12 + 16 * count, 16):
            tag, _, offset, _ = struct.unpack_from(">4sIII", font, at)
            if tag == b"cmap":
                return _of_cmap(font, offset)
    except struct.error as error:
        raise NotAFont("cut short") from error
    raise NotAFont("no cmap table")


def _of_cmap(font: bytes, base: int) -> frozenset[int]:
    """Read every subtable whose format is known."""
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, base + 2)[0]):
        offset = base + struct.unpack_from(">HHI", font, base + 4 + 8 * n)[2]
        kind: int = struct.unpack_from(">H", font, offset)[0]
        if kind in FORMATS:
            found |= FORMATS[kind](font, offset)
    return frozenset(found)


def _format_12(font: bytes, at: int) -> set[int]:
    """Read groups of (first code point, last code point, first glyph)."""
    groups = struct.unpack_from(">I", font, at + 12)[0]
    found: set[int] = set()
    for n in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * n)
        found.update(range(first + (glyph == 0), last + 1))
    return found


def _format_4(font: bytes, at: int) -> set[int]:
    """Read segments of the basic plane; segments that point into a glyph array are looked up."""
    half = struct.unpack_from(">H", font, at + 6)[0]
    ends, starts = at + 14, at + 16 + half
    deltas, offsets = starts + half, starts + 2 * half
    found: set[int] = set()
    for n in range(0, half, 2):
        last, first = (struct.unpack_from(">H", font, t + n)[0] for t in (ends, starts))
        delta, offset = (struct.unpack_from(">H", font, t + n)[0] for t in (deltas, offsets))
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                where = offsets + n + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, where)[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


FORMATS = {4: _format_4, 12: _format_12}


def printable(words: str, covered: frozenset[int]) -> tuple[str, tuple[str, ...]]:
    """Give words as they can be printed, and the characters that had to become 〓, in order.

    Composed (NFC) first; invisible format characters (direction marks, joiners) are left out.
    """
    shown: list[str] = []
    missing: list[str] = []
    for end in LINE_ENDS:
        words = words.replace(end, "\n")
    for character in unicodedata.normalize("NFC", words):
        code = ord(character)
        if code in SELECTORS:
            if shown and shown[-1] != GETA:
                shown.append(character)
        elif unicodedata.category(character) == "Cf":
            continue
        elif character == "\n" or code in covered:
            shown.append(character)
        elif character.isspace():
            shown.append(" ")
        else:
            shown.append(GETA)
            missing.append(character)
    return "".join(shown), tuple(missing)


def code_points(characters: Iterable[str]) -> str:
    """Name characters by their code points, each once, in order of appearance: U+1F600, U+E000."""
    return ", ".join(f"U+{ord(c):04X}" for c in dict.fromkeys(characters))
