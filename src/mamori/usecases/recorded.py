"""One transaction for what a person does; what was refused is recorded too."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from mamori.core.audit import Outcome
from mamori.core.viewer import Refused, Viewer
from mamori.store.writes import audit

P = ParamSpec("P")
R = TypeVar("R")


def recorded(
    action: str,
) -> Callable[[Callable[Concatenate[Viewer, P], R]], Callable[Concatenate[Viewer, P], R]]:
    """Run a usecase whole or not at all; when it is refused, say so in the trail and pass it on.

    The usecase takes `now`, and `facility` where it concerns one, as keywords; it writes its own
    entry for what it did.
    """

    def wrap(
        usecase: Callable[Concatenate[Viewer, P], R],
    ) -> Callable[Concatenate[Viewer, P], R]:
        @wraps(usecase)
        def run(viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> R:
            try:
                with transaction.atomic():
                    return usecase(viewer, *args, **kwargs)
            except Refused as refusal:
                now, facility = kwargs.get("now"), kwargs.get("facility")
                if isinstance(now, datetime):
                    refused(viewer, action, refusal, organisation=str(facility or ""), now=now)
                raise

        return run

    return wrap


def refused(
    viewer: Viewer, action: str, refusal: Refused, *, organisation: str, now: datetime
) -> None:
    """Record one refusal, once."""
    if refusal.is_recorded:
        return
    audit.append(
        at=now,
        actor=viewer.member,
        organisation=organisation,
        action=action,
        thing=type(refusal).__name__,
        outcome=Outcome.REFUSED,
        detail={"reason": refusal.reason.en},
    )
    refusal.is_recorded = True
