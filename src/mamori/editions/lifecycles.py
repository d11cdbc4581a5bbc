"""Read the dated table of ends of support that ships with Mamori."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from mamori.core.evidence import Lifecycle, Lifecycles
from mamori.core.text import same

FILE = "lifecycles.toml"


@cache
def load() -> Lifecycles:
    """Give the shipped table with its date; KeyError or ValueError mean a damaged file."""
    data = tomllib.loads(resources.files("mamori.editions").joinpath(FILE).read_text("utf-8"))
    return Lifecycles(tuple(_row(row) for row in data["rows"]), data["as_of"])


def _row(row: dict[str, Any]) -> Lifecycle:
    """Turn one line of the table into plain data."""
    return Lifecycle(
        id=row["id"],
        name=same(row["name"]),
        names=tuple(row.get("names", ())),
        ends=row.get("ends"),
        source=row["source"],
        family=row["family"],
        version=row["version"],
        feature=row.get("feature", ""),
        build=row.get("build", ""),
        editions=tuple(row.get("editions", ())),
        extended=row.get("extended"),
    )
