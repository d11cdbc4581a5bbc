"""How a ledger is written into a sheet, so that reading it gives the same apparatus again."""

from mamori.core.ledger import COLUMN_NAMES, KIND_NAMES, STATUS_NAMES, Apparatus, Status
from mamori.core.text import Language, Text

TITLE = Text("機器台帳", "Ledger of apparatus")
REJECTED_TITLE = Text("取り込めなかった行", "Rows not taken")
# The column that tells why a row was not taken; a reader leaves it out when the sheet comes back.
REASON = Text("取り込めなかった理由", "Why it was not taken")
PLACE = Text("元の行", "Original row")


def headings(language: Language, columns: tuple[str, ...]) -> list[str]:
    """Give the headings of these columns in one language."""
    return [COLUMN_NAMES[field].say(language) for field in columns]


def line(one: Apparatus, language: Language, columns: tuple[str, ...]) -> list[str]:
    """Give the cells of one apparatus as text in one language."""
    return [_cell(one, field, language) for field in columns]


def _cell(one: Apparatus, field: str, language: Language) -> str:
    """Give one cell; a state that is not known stays empty."""
    match field:
        case "users":
            return "\n".join(one.users)
        case "registered_on":
            return one.registered_on.isoformat() if one.registered_on else ""
        case "status":
            known = one.status is not Status.OTHER
            return STATUS_NAMES[one.status].say(language) if known else ""
        case "kind":
            return KIND_NAMES[one.kind].say(language)
        case _:
            return str(getattr(one, field))
