"""What sort of apparatus a row is: as the ledger says, else inferred and marked as inferred."""

from collections.abc import Mapping, Sequence

from mamori.core import ledger_words
from mamori.core.ledger import KIND_NAMES, Kind
from mamori.core.ledger_reading import Doubt
from mamori.core.tables import Sheet
from mamori.core.text import Text

INFERRED = Text(
    "種別の記載がないため、OS・ソフトウェア・名称などから「{kind}」と推定しました。",
    "The ledger names no kind; “{kind}” was inferred from the OS, software, name or maker.",
)
NO_KIND = Text(
    "種別の記載がなく、推定もできないため「その他」としました。",
    "The ledger names no kind and nothing tells it; it was taken as “Other”.",
)
INFERRED_DOUBTS: dict[Kind, tuple[Doubt, ...]] = {
    kind: (Doubt("kind", "", INFERRED.fill(kind=name)),) for kind, name in KIND_NAMES.items()
}
NO_KIND_DOUBTS = (Doubt("kind", "", NO_KIND),)
_READ_FROM = ("os", "software", "model", "computer_name", "manufacturer")


def of_sheet(sheet: Sheet, titles: Sequence[str]) -> Kind | None:
    """Give the kind that a sheet's name speaks of, else its title; None when several or none."""
    for words in (sheet.name, *titles):
        found = ledger_words.kinds_in(words)
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


class Inference(dict[tuple[str, ...], Kind | None]):
    """Infers kinds from what a row says, each different combination once."""

    def __missing__(self, signs: tuple[str, ...]) -> Kind | None:
        """Look for the first sign that gives the kind away."""
        says = dict(zip(_READ_FROM, signs, strict=True))
        kind = next(
            (
                kind
                for field, kind, pattern in ledger_words.KIND_SIGNS
                if says[field] and pattern.search(says[field].lower())
            ),
            None,
        )
        self[signs] = kind
        return kind


def signs(columns: Mapping[str, Sequence[str]], count: int) -> list[tuple[str, ...]]:
    """Gather what each row says that may give its kind away; running numbers of names go."""
    empty = ("",) * count
    parts = [columns.get(field, empty) for field in _READ_FROM]
    parts[3] = [name.rstrip("0123456789") + "0" if name else "" for name in parts[3]]
    return list(zip(*parts, strict=True))
