"""Cells of sheets: folding widths when they come in, and making them harmless when they go out."""

import re
import unicodedata

# What a spreadsheet takes for a formula, or skips before it looks for one.
_TRIGGERS = frozenset("=+-@＝＋－＠\t\r\n")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]+")
_PROSE_MARKS = re.compile(r"(?<=[0-9A-Za-z])[．／－：＿](?=[0-9A-Za-z])")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 65279, 8203))
_WIDE = {n: n - 0xFEE0 for n in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDE_ALNUM = {n: m for n, m in _WIDE.items() if chr(m).isalnum() or m == 0x20}
_WIDE_NAMES = {n: m for n, m in _WIDE.items() if chr(m) not in "()"}
_HYPHENS = dict.fromkeys((*range(8208, 8214), 8722, 65392), 45)
_LONG_MARK = re.compile(r"(?<=[0-9A-Za-z])ー(?=[0-9A-Za-z])")
# Most cells hold none of these and are left as they are at once.
_PROSE_ODD = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\xa0\u200b\u3000\ufeff０-９Ａ-Ｚａ-ｚ．／－：＿\uff61-\uff9f]"
)
_NAME_ODD = re.compile(r"[\x00-\x1f\x7f\xa0\u200b\u3000\ufeff\uff01-\uff9f]")
_ESCAPED = re.compile(r"'+[\s]*[=+\-@＝＋－＠\t\r\n]")
# A dash alone is how a ledger says that a cell is left blank on purpose.
_BLANK_MARKS = frozenset("-−‐–—―ー－ｰ~〃")


def escape(text: str) -> str:
    """Make a cell harmless: a spreadsheet will show it and never calculate it.

    `unescape` gives the exact text back, whatever the text was.
    """
    if not text or text[0].isalnum():
        return text
    bare = text.lstrip("'")
    firsts = {bare[:1], bare.lstrip(" ")[:1], bare.lstrip()[:1]} - {""}
    if firsts & _TRIGGERS:
        return f"'{text}"
    return text


def unescape(text: str) -> str:
    """Take back the mark that `escape` put before a text that looks like a formula."""
    if text[:1] == "'" and _ESCAPED.match(text):
        return text[1:]
    return text


def _bare(text: str) -> str:
    """Drop invisible marks, half-width kana and foreign line ends; trim."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_\n", "\n")
    text = text.translate(_CONTROL)
    if not text.isascii():
        text = _HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    return unescape(text.strip())


def _is_plain(text: str, odd: re.Pattern[str]) -> bool:
    """Say whether a cell can stay as it is."""
    if odd.search(text) or text[:1] == "'" or "_x000D_" in text:
        return False
    return not (text[:1].isspace() or text[-1:].isspace())


def prose(text: str) -> str:
    """Fold what a person wrote in words: half-width letters and digits, full-width kana.

    Brackets, circled numbers and company marks stay as they were written.
    """
    if _is_plain(text, _PROSE_ODD):
        return text
    text = _bare(text)
    return text if text.isascii() else _PROSE_MARKS.sub(_half, text.translate(_WIDE_ALNUM))


def _half(found: re.Match[str]) -> str:
    """Give the half-width form of one full-width mark."""
    return chr(_WIDE[ord(found.group())])


def name(text: str) -> str:
    """Fold the name of a product: as prose, and its full-width marks too (brackets may stay)."""
    if _is_plain(text, _NAME_ODD):
        return text
    text = _bare(text).replace("\n", " ")
    folded = text.translate(_WIDE)
    return folded if folded.isascii() else text.translate(_WIDE_NAMES).strip()


def code(text: str) -> str:
    """Fold a number, address or version: everything half-width, one kind of hyphen."""
    if text.isascii() and text.isprintable() and text[:1] not in "' ":
        return text.rstrip()
    text = _bare(text).translate(_WIDE).translate(_HYPHENS).replace("\n", " ")
    return _LONG_MARK.sub("-", text).strip()


def is_blank_mark(text: str) -> bool:
    """Say whether a cell holds nothing but a dash, which means that it was left blank."""
    return len(text) <= 3 and bool(text) and all(letter in _BLANK_MARKS for letter in text)


def number(value: float) -> str:
    """Write a number as a clerk typed it: 1.0 in a sheet is 1."""
    whole = int(value) if value == value and abs(value) < 1e15 else None
    return str(whole) if whole is not None and whole == value else repr(value)


def column_letters(index: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Give the place of a column by its letters: A is 0, AA is 26."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do, from row (1-based) and column (0-based)."""
    return f"{column_letters(column)}{row}"
