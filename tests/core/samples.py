"""Small made-up editions and answers that rules are tried on."""

from datetime import UTC, date, datetime

from mamori.core.checklists import Answer, Basis, Reply, Turn
from mamori.core.editions import (
    ALL_CELLS,
    APPARATUS,
    Cell,
    Condition,
    Edition,
    Item,
    Level,
    Scope,
    Section,
    Subject,
)
from mamori.core.text import Text, same

AT = datetime(2023, 9, 1, 1, 0, tzinfo=UTC)


def item(code="2(1)", scopes=APPARATUS, **changes):
    """An item with all cells, mandatory, due in fiscal year 2023."""
    values = {
        "code": code,
        "scopes": scopes,
        "due_year": 2023,
        "level": Level.MANDATORY,
        "text": Text(f"項目{code}", f"item {code}"),
        "control": "ledger.kept",
        "cells": ALL_CELLS,
        "section": "2",
    }
    return Item(**(values | changes))


PRESENCE_ROW = item("presence", (), cells=(Cell.FIRST,), section="0", control="system")
NEEDS_VENDOR = item("2(2)", conditions=(Condition.NEEDS_VENDOR,), control="remote")
LEDGER = item("2(1)")
ONE_CELL = item("3(1)", (Scope.INCIDENT,), cells=(Cell.FIRST,), section="3", control="chart")
REFERENCE = item("2(7)", (Scope.SERVER,), level=Level.REFERENCE, due_year=2024, control="patches")
TITLES = {name: same(name) for name in ("ledger.kept", "system", "remote", "chart", "patches")}


def edition(*items, year=2023, subject=Subject.FACILITY, id_="sample-fy2023", revision=1):
    """An edition of these items, or of one of each sort."""
    return Edition(
        id=id_,
        revision=revision,
        fiscal_year=year,
        subject=subject,
        valid_from=date(year, 4, 1),
        valid_to=date(year + 1, 3, 31),
        name=same("sample"),
        source=same("made up"),
        verified=True,
        sections=tuple(Section(i, same(f"section {i}")) for i in ("0", "2", "3")),
        items=items or (PRESENCE_ROW, LEDGER, NEEDS_VENDOR, ONE_CELL, REFERENCE),
    )


def answer(
    item_key="2(1)/all",
    value=Reply.YES,
    on=date(2023, 9, 1),
    *,
    turn=Turn.FIRST,
    target=None,
    basis=Basis.ATTESTATION,
    reason="",
    as_of=None,
):
    """An answer given on the first of September 2023."""
    return Answer(
        item=item_key,
        turn=turn,
        value=value,
        checked_on=on,
        target_on=target,
        basis=basis,
        reason=reason,
        by="sato",
        at=AT,
        revision=1,
        as_of=as_of,
    )
