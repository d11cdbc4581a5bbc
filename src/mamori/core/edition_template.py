"""The workbook in which a person writes an edition: its sheets, columns and words.

The same table is written by the exporter and read by the importer, so neither can drift.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mamori.core.editions import (
    APPARATUS,
    CELL_NAMES,
    CONDITION_NAMES,
    LEVEL_NAMES,
    SCOPE_NAMES,
    SUBJECT_NAMES,
    Cell,
    Condition,
    Level,
    Scope,
    Subject,
)
from mamori.core.text import Text

MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 1_000
EDITION, SECTIONS, HEADINGS, NOTES, ITEMS = "edition", "sections", "headings", "notes", "items"
# Written for the reader's help, never read back.
GUIDE, CONTROLS = "guide", "controls"
ALL = "all"
CITATION_MARK = "|"


class Kind(Enum):
    """How a cell of the template is read."""

    WORDS = "words"
    CODE = "code"
    YEAR = "year"
    DAY = "day"
    ONE = "one"
    MANY = "many"
    CONTROL = "control"
    CITATIONS = "citations"


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or, on the first sheet, one row) of the template.

    `key` is what a machine reads and `title` what a person reads. `words` is the closed list of an
    enumeration. An optional cell may stay empty.
    """

    key: str
    title: Text
    kind: Kind = Kind.WORDS
    words: type[Enum] | None = None
    width: int = 14
    optional: bool = False


EDITION_ROWS: tuple[Column, ...] = (
    Column("subject", Text("誰の確認用か", "Who answers the list"), Kind.ONE, Subject),
    Column("fiscal_year", Text("年度(西暦)", "Fiscal year (April to March)"), Kind.YEAR),
    Column("revision", Text("改訂(最初は1)", "Revision (1 at first)"), Kind.YEAR),
    Column("valid_from", Text("有効期間の初日", "First day it is valid"), Kind.DAY),
    Column("valid_to", Text("有効期間の末日", "Last day it is valid"), Kind.DAY),
    Column("name.ja", Text("名称(日本語)", "Name in Japanese")),
    Column("name.en", Text("名称(英語)", "Name in English")),
    Column("source.ja", Text("何から写したか(日本語)", "What it was copied from, in Japanese")),
    Column("source.en", Text("何から写したか(英語)", "What it was copied from, in English")),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    SECTIONS: (
        Column("id", Text("区分の番号", "Number of the section"), Kind.CODE),
        Column("title.ja", Text("区分名(日本語)", "Title in Japanese"), width=50),
        Column("title.en", Text("区分名(英語)", "Title in English"), width=50),
    ),
    HEADINGS: (
        Column("heading", Text("対象", "Scopes"), Kind.MANY, Scope, 20),
        Column("text.ja", Text("見出しの文(日本語)", "Sentence in Japanese"), width=60),
        Column("text.en", Text("見出しの文(英語)", "Sentence in English"), width=60),
    ),
    NOTES: (
        Column("text.ja", Text("注記(日本語)", "Note in Japanese"), width=70),
        Column("text.en", Text("注記(英語)", "Note in English"), width=70),
    ),
    ITEMS: (
        Column("code", Text("様式の番号", "Printed code"), Kind.CODE, width=10),
        Column("scopes", Text("対象", "Scopes"), Kind.MANY, Scope, width=18, optional=True),
        Column("level", Text("必須か参考か", "Mandatory or reference"), Kind.ONE, Level),
        Column("due_year", Text("期限の年度", "Fiscal year it is due in"), Kind.YEAR, width=10),
        Column("section", Text("区分", "Section"), Kind.CODE, width=10),
        Column("control", Text("管理策", "Control"), Kind.CONTROL, width=42),
        Column("cells", Text("記入欄", "Cells of the form"), Kind.MANY, Cell, 22),
        Column("conditions", Text("条件", "Conditions"), Kind.MANY, Condition, 16, optional=True),
        Column("text.ja", Text("項目の文(日本語)", "Item in Japanese"), width=60),
        Column("text.en", Text("項目の文(英語)", "Item in English"), width=60),
        Column(
            "citations",
            Text("出典(文書 | 箇所、1行に1つ)", "Citations (document | section, one a line)"),
            Kind.CITATIONS,
            width=50,
            optional=True,
        ),
    ),
}
# The names of the words of closed lists, which people may write in their place.
NAMES: dict[type[Enum], Mapping[Any, Text]] = {
    Subject: SUBJECT_NAMES,
    Scope: SCOPE_NAMES,
    Level: LEVEL_NAMES,
    Cell: CELL_NAMES,
    Condition: CONDITION_NAMES,
}
# What the drop-down of a list offers; other combinations may be typed.
OFFERED: dict[type[Enum], tuple[str, ...]] = {
    Subject: tuple(s.value for s in Subject),
    Level: tuple(m.value for m in Level),
    Scope: (ALL, *(s.value for s in Scope), "server, terminal"),
    Cell: ("first, target, second", "first"),
    Condition: (Condition.NEEDS_VENDOR.value,),
}
GUIDE_LINES: tuple[Text, ...] = (
    Text(
        "公表されたチェックリストを、この表に写してください。1行目の英字の見出しは変えないでください。",
        "Copy the published checklist into these sheets. Leave the keys in the first row alone.",
    ),
    Text(
        "edition: 名称や年度。sections: 様式の大きな区分。headings: 対象ごとに印刷される文。"
        "notes: 星印などの注記。items: 1行に1項目、様式の順。",
        "edition: names and year. sections: the numbered parts. headings: the sentence printed"
        " above the items of each scope. notes: the star notes. items: one a line, in the order"
        " of the form.",
    ),
    Text(
        "番号は様式に印刷されたとおり、2(4)や2④のように書きます。有無の行だけは presence とし、"
        "対象は空欄、記入欄は first だけにします。",
        "Write codes as printed, like 2(4) or 2④. The presence row alone has the code presence,"
        " no scopes, and first as its only cell.",
    ),
    Text(
        "対象は、all(サーバ・端末PC・ネットワーク機器)か、語をコンマで区切って並べます。",
        "Scopes are all (servers, terminal PCs and network apparatus) or words parted by commas.",
    ),
    Text(
        "管理策は controls のシートから選びます。番号が変わっても、意味が同じなら同じ管理策です。"
        "ふさわしいものがなければ空欄のままにしてください。取り込むときに一覧で知らせます。",
        "Choose the control from the sheet controls: the same meaning is the same control, whatever"
        " its number. Leave it empty where none fits: the import will list it.",
    ),
    Text(
        "日本語と英語の両方が要ります。取り込んだ版は、人が様式の原本と照合するまで「未照合」です。",
        "Both languages are needed. What is imported counts as unverified until a person has"
        " compared it with the official form.",
    ),
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one cell of the workbook (row 0: the sheet as a whole)."""

    sheet: str
    row: int
    cell: str
    value: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition as TOML, never verified: what could not be mapped, what was read otherwise.

    Where something could not be mapped, `text` holds it as it was written, under a comment: such
    a draft is refused as an edition until a person has mended it.
    """

    name: str
    text: str
    unmapped: tuple[Remark, ...] = ()
    adjusted: tuple[Remark, ...] = ()


def heading_words(heading: str) -> str:
    """Give a heading key as it stands in the template: server+terminal is "server, terminal"."""
    return heading.replace("+", ", ")


def scope_words(scopes: tuple[Scope, ...]) -> str:
    """Give scopes as they stand in the template."""
    return ALL if scopes == APPARATUS else ", ".join(s.value for s in scopes)
