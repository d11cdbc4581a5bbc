"""What was read from a ledger file: each row is accepted, rejected or ignored, with its place."""

from dataclasses import dataclass
from enum import Enum

from mamori.core.ledger import Apparatus, Kind
from mamori.core.text import Text


class How(Enum):
    """Why a column is taken for a field."""

    GIVEN = "given"
    EXACT = "exact"
    ALIAS = "alias"
    CONTAINS = "contains"
    SIMILAR = "similar"
    CONTENT = "content"
    TAKEN = "taken"
    NONE = "none"


HOW_NAMES: dict[How, Text] = {
    How.GIVEN: Text("指定どおり", "As given"),
    How.EXACT: Text("見出しが一致", "The heading itself"),
    How.ALIAS: Text("同じ意味の見出し", "A heading of the same meaning"),
    How.CONTAINS: Text("見出しの一部から推定", "Proposed from a part of the heading"),
    How.SIMILAR: Text("似た見出しから推定", "Proposed from a similar heading"),
    How.CONTENT: Text("列の内容から推定", "Proposed from what the column holds"),
    How.TAKEN: Text("同じ項目の列がほかにある", "Another column holds this field"),
    How.NONE: Text("取り込まない列", "Not taken"),
}


class Why(Enum):
    """Why a row is no apparatus."""

    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    FOOTNOTE = "footnote"
    BLANK = "blank"


WHY_NAMES: dict[Why, Text] = {
    Why.TITLE: Text("表題", "Title above the table"),
    Why.HEADER: Text("見出し行", "Heading row"),
    Why.SECTION: Text("区切りの行", "Row that opens a section"),
    Why.TOTAL: Text("合計行", "Row of totals"),
    Why.FOOTNOTE: Text("注記", "Footnote"),
    Why.BLANK: Text("空白だけの行", "Row of blanks"),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about an accepted row that a person should look at; `cell` may be empty."""

    field: str
    cell: str
    about: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One accepted row: where it stood, what it says, and about which fields it says anything.

    `row` counts from 1 as the spreadsheet shows it. `digest` is the fingerprint over `fields`.
    """

    sheet: str
    row: int
    apparatus: Apparatus
    digest: bytes
    fields: frozenset[str]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """One row that was not taken: the cell at fault and why, and the cells as they were written.

    `keys` are what identifies it (order of IDENTITY), so that it does not count as gone.
    """

    sheet: str
    row: int
    cell: str
    reason: Text
    headings: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """One row that is no apparatus, and what it is."""

    sheet: str
    row: int
    why: Why
    words: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet and the field it is taken for; empty `field`: it is not taken."""

    letter: str
    heading: str
    field: str
    how: How
    confidence: float


@dataclass(frozen=True, slots=True)
class Block:
    """One table on a sheet: its heading rows, its columns, and the signature of its headings."""

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet: its tables, or the reason why it was left out."""

    name: str
    blocks: tuple[Block, ...]
    skipped: Text | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file as read. `partial`: it holds only some rows, so absent ones are not gone."""

    file: str
    sha256: str
    format: str
    sheets: tuple[SheetReading, ...]
    accepted: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[Ignored, ...]
    notes: tuple[Text, ...] = ()
    partial: bool = False

    @property
    def rows(self) -> int:
        """How many rows were meant as apparatus."""
        return len(self.accepted) + len(self.rejected)
