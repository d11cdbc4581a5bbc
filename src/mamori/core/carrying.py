"""Carry what was answered to the next edition: by control, item by item, never silently."""

from collections.abc import Mapping
from dataclasses import dataclass

from mamori.core.checklists import EMPTY, Reply, States
from mamori.core.editions import SCOPE_NAMES, Edition, Item, Scope
from mamori.core.text import Text, listed, same


@dataclass(frozen=True, slots=True)
class Carried:
    """What an item of the new edition may take from the old one, and why; None: nothing."""

    item: str
    sources: tuple[str, ...]
    value: Reply | None
    reason: Text


NEW = Text("新しい項目のため、引き継ぐ回答がありません。", "New item: there is nothing to carry.")
UNANSWERED = Text(
    "前の版の {codes} が未回答のため、引き継げません。",
    "{codes} of the older edition has no answer.",
)
ALL_YES = Text(
    "前の版の {codes} がすべて「はい」でした。", "{codes} of the older edition: all Yes."
)
REWORDED = Text(
    "{reason}項目の文言が変わっているため、今も当てはまるか確認してください。",
    "{reason} The wording has changed: see that it still holds.",
)
NOT_ASKED = Text(
    "前の版の {codes} は「はい」でしたが、{scopes}については尋ねていません。",
    "{codes} of the older edition: Yes, but it did not ask about: {scopes}.",
)
ONE_NO = Text("前の版の {codes} が「いいえ」でした。", "{codes} of the older edition was No.")


def carried(
    old: Edition, new: Edition, states: States, successors: Mapping[str, tuple[str, ...]]
) -> tuple[Carried, ...]:
    """Give for each item of the new edition what the answers of the old one say, in form order.

    Where several items became one it is Yes only if all were, and only if they asked about every
    kind of apparatus that the new item asks about. `successors`: new key -> old keys.
    """
    return tuple(_carried(old, item, successors.get(item.key, ()), states) for item in new.items)


def _carried(old: Edition, item: Item, sources: tuple[str, ...], states: States) -> Carried:
    """Join the latest answers of the items that one new item follows."""
    key = item.key
    if not sources:
        return Carried(key, (), None, NEW)
    latest = {source: states.get(source, EMPTY).latest for source in sources}
    open_ones = tuple(s for s, reply in latest.items() if reply is None)
    said_no = tuple(s for s, reply in latest.items() if reply is Reply.NO)
    if said_no:
        return Carried(key, sources, Reply.NO, ONE_NO.fill(codes=_codes(old, said_no)))
    if open_ones:
        return Carried(key, sources, None, UNANSWERED.fill(codes=_codes(old, open_ones)))
    asked = {scope for source in sources for scope in old.item(source).scopes}
    unasked = tuple(s for s in Scope if s in item.scopes and s not in asked)
    if unasked:
        names = Text(
            "、".join(SCOPE_NAMES[s].ja for s in unasked),
            ", ".join(SCOPE_NAMES[s].en for s in unasked),
        )
        reason = NOT_ASKED.fill(codes=_codes(old, sources), scopes=names)
        return Carried(key, sources, None, reason)
    reason = ALL_YES.fill(codes=_codes(old, sources))
    if any(old.item(source).text != item.text for source in sources):
        reason = REWORDED.fill(reason=reason)
    return Carried(key, sources, Reply.YES, reason)


def _codes(old: Edition, keys: tuple[str, ...]) -> Text:
    """Name items by the key that is unique in their edition."""
    names = tuple(old.item(key).key for key in keys)
    return listed(names, most=9) if len(names) > 1 else same(names[0])
