"""Add a great many rows of one table at once, without building an object for each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Mapping[str, Any],
) -> int:
    """Insert rows given as values in the order of `columns`; give how many there were.

    `same` holds the columns that are the same in every row. Every column of the table must be in
    one of the two, so that no default is forgotten. Errors: ValueError names what is missing.
    """
    fields = {field.column for field in model._meta.concrete_fields if not field.primary_key}
    if missing := fields ^ {*columns, *same}:
        raise ValueError(f"columns of {model.__name__} missing or unknown: {sorted(missing)}")
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in (*columns, *same))
    places = ", ".join(["%s"] * len(columns) + ["%s"] * len(same))
    constant = tuple(_plain(value) for value in same.values())
    filled = [(*row, *constant) for row in rows]
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        # Table and column names come from the model, values are bound.
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", filled)  # noqa: S608
    return len(filled)


def day(value: date | None) -> Any:
    """Give a day as the database keeps it."""
    return connection.ops.adapt_datefield_value(value)


def _plain(value: Any) -> Any:
    """Give a value as the database keeps it."""
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date():
            return day(value)
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value
