"""Findings: what small checks say about a control, and how checks are registered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from mamori.core.editions import Scope
from mamori.core.evidence import MAX_AGE_DAYS, TOPIC_NAMES, TOPIC_STEPS, Evidence
from mamori.core.registry import Registry
from mamori.core.text import Text


class Verdict(Enum):
    """Evidence says yes, says no, says nothing, or has nothing to say here."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


VERDICT_NAMES: dict[Verdict, Text] = {
    Verdict.MET: Text("適合", "Met"),
    Verdict.NOT_MET: Text("不適合", "Not met"),
    Verdict.UNKNOWN: Text("確認できず", "Unknown"),
    Verdict.NOT_APPLICABLE: Text("対象外", "Not applicable"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a check function returns: a verdict, the reason, and the rows that made it so."""

    verdict: Verdict
    reason: Text
    rows: tuple[str, ...] = ()
    settle: Text | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check said about one control on one day, with the date of the facts behind it.

    `rows` name the things that made it so (control numbers, accounts …), `settle` says what would
    turn it into Yes. `alone` is False where a Met by itself does not make an item Yes.
    """

    check: str
    control: str
    scopes: tuple[Scope, ...]
    verdict: Verdict
    reason: Text
    facts_as_of: date | None
    rows: tuple[str, ...] = ()
    settle: Text | None = None
    alone: bool = True


CheckFunction: TypeAlias = Callable[[Evidence, date], Said]


@dataclass(frozen=True, slots=True)
class Check:
    """A check function, the control it speaks for, and the facts it needs."""

    id: str
    control: str
    scopes: tuple[Scope, ...]
    needs: tuple[str, ...]
    alone: bool
    title: Text
    run: CheckFunction


registry: Registry[Check] = Registry()


def check(
    check_id: str,
    *,
    control: str,
    needs: tuple[str, ...],
    title: Text,
    scopes: tuple[Scope, ...] = (),
    alone: bool = True,
) -> Callable[[CheckFunction], CheckFunction]:
    """Register a check; its id is stored with findings, so it never changes.

    `scopes` empty: the check speaks for the control whatever the scope. `alone` False: a Not met
    makes an item No, a Met by itself does not make it Yes.
    """

    def register(function: CheckFunction) -> CheckFunction:
        registry.add(check_id, Check(check_id, control, scopes, needs, alone, title, function))
        return function

    return register


NEVER_COLLECTED = Text(
    "{topic}がまだ取り込まれていないため、確認できません。",
    "This cannot be said: {topic} has never been collected.",
)
TOO_OLD = Text(
    "{topic}が{day}時点のもので古いため、確認できません(有効期間{limit}日)。",
    "This cannot be said: {topic} is as of {day}, older than {limit} days.",
)


def run(one: Check, evidence: Evidence, today: date) -> Finding:
    """Run a check; where its facts were never collected or are too old the answer is UNKNOWN."""
    dates = [evidence.as_of(topic) for topic in one.needs]
    for topic, day in zip(one.needs, dates, strict=True):
        if day is None:
            return _found(
                one, Said(Verdict.UNKNOWN, NEVER_COLLECTED.fill(topic=TOPIC_NAMES[topic])), None
            )
    known = [day for day in dates if day is not None]
    oldest = min(known) if known else None
    for topic, day in zip(one.needs, known, strict=True):
        limit = MAX_AGE_DAYS.get(topic)
        if limit is not None and (today - day).days > limit:
            reason = TOO_OLD.fill(topic=TOPIC_NAMES[topic], day=day.isoformat(), limit=limit)
            said = Said(Verdict.UNKNOWN, reason, settle=TOPIC_STEPS[topic])
            return _found(one, said, oldest)
    return _found(one, one.run(evidence, today), oldest)


def _found(one: Check, said: Said, as_of: date | None) -> Finding:
    """Put the check's name and the date of the facts beside what it said."""
    return Finding(
        check=one.id,
        control=one.control,
        scopes=one.scopes,
        verdict=said.verdict,
        reason=said.reason,
        facts_as_of=as_of,
        rows=said.rows,
        settle=said.settle,
        alone=one.alone,
    )
