"""Walk the audit trail and name the first broken link."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mamori.core import audit as core
from mamori.core.viewer import Viewer
from mamori.store.queries import audit as queries


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries the trail has, the seal of its end, and its first break, if any."""

    entries: int
    seal: str
    broken: core.Break | None


def verify(
    viewer: Viewer, *, organisation: str, step: Callable[[int], None] = lambda _: None
) -> Verified:
    """Verify the whole trail; `step` is told the number of each entry as it is read."""
    last, seal = queries.head(viewer, organisation)

    def counted() -> Iterator[core.Entry]:
        for entry in queries.entries(viewer, organisation):
            step(entry.number)
            yield entry

    broken = core.first_break(counted(), last=last, last_seal=seal)
    return Verified(last, seal, broken)
