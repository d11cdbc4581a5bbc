"""check: run every check for a facility and show what evidence suggests."""

from datetime import date
from typing import Any

import click

from mamori.cli import acting, output, words
from mamori.cli.root import mamori
from mamori.core import checking, suggestions
from mamori.core.answering import REPLY_NAMES
from mamori.core.checking import VERDICT_NAMES, Finding, Verdict
from mamori.core.editions import Edition, Item
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.store.queries import organisations
from mamori.usecases.findings import run_checks

SUMMARY = Text(
    "{facility}({day}時点): 適合 {met}件、不適合 {not_met}件、確認できず {unknown}件",
    "{facility} as of {day}: met {met}, not met {not_met}, unknown {unknown}",
)
ORDER = (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET, Verdict.NOT_APPLICABLE)
JOIN = {Language.JA: "・", Language.EN: ", "}
NOTHING = Text("確認できず", "cannot say")


@mamori.command(help=words.say("点検を実行し、回答の候補を示す", "Run the checks"))
@click.option("--today", type=acting.DAY, help=words.say("基準日", "The day that counts as today"))
@click.option("--edition", multiple=True, help=words.say("対象の版(例: fy2025)", "e.g. fy2025"))
@acting.for_facility
@acting.json_option
def check(
    who: Viewer, facility: str, today: date | None, edition: tuple[str, ...], json_wanted: bool
) -> None:
    """Run every check, keep the findings, and print them with the suggested answers."""
    day = acting.today(today)
    found = run_checks.run_checks(who, facility=facility, now=acting.now(), today=day)
    editions = chosen(edition)
    if json_wanted:
        output.as_json(as_json(facility, day, found, editions))
        return
    verdicts = [one.verdict.value for one in found]
    output.line(
        SUMMARY.fill(
            facility=organisations.organisation(who, facility).name,
            day=day.isoformat(),
            met=verdicts.count("met"),
            not_met=verdicts.count("not_met"),
            unknown=verdicts.count("unknown"),
        )
    )
    _findings(found)
    for one_edition in editions:
        _items(one_edition, found)


def _findings(found: tuple[Finding, ...]) -> None:
    """Print what each check said; what says the same is said once."""
    language = words.language()
    titles = {name: one.title for name, one in checking.registry}
    said: dict[tuple[Verdict, str], list[str]] = {}
    settles: dict[tuple[Verdict, str], str] = {}
    for one in found:
        key = (one.verdict, one.reason.say(language))
        said.setdefault(key, []).append(titles[one.check].say(language))
        if one.settle is not None and one.verdict is not Verdict.MET:
            settles[key] = one.settle.say(language)
    for key in sorted(said, key=lambda k: ORDER.index(k[0])):
        verdict, reason = key
        output.line(f"[{VERDICT_NAMES[verdict].say(language)}] {JOIN[language].join(said[key])}")
        output.line(f"    {reason}")
        if key in settles:
            output.line(f"    → {settles[key]}")


def _items(edition: Edition, found: tuple[Finding, ...]) -> None:
    """Print what evidence suggests for each item of an edition."""
    language, controls = words.language(), loader.controls()
    output.line()
    output.line(edition.name)
    rows = []
    for item in edition.items:
        value = suggestions.suggest(item, found).value
        said = REPLY_NAMES[value] if value else NOTHING
        rows.append((item.key, said.say(language), controls[item.control].title.say(language)))
    output.table(
        (words.say("項目", "Item"), words.say("候補", "Suggested"), words.say("内容", "About")),
        rows,
    )


def chosen(names: tuple[str, ...]) -> tuple[Edition, ...]:
    """Give the facility editions named, else the newest one shipped."""
    if names:
        return tuple(loader.resolve(name, "facility") for name in names)
    facility = [e for e in loader.load_all() if e.subject.value == "facility"]
    return (max(facility, key=lambda e: e.fiscal_year),)


def as_json(
    facility: str, day: date, found: tuple[Finding, ...], editions: tuple[Edition, ...]
) -> dict[str, Any]:
    """Give findings and suggested answers as documented in docs/reference/json.md."""
    return {
        "facility": facility,
        "as_of": day,
        "findings": [
            {
                "check": one.check,
                "control": one.control,
                "scopes": [scope.value for scope in one.scopes],
                "verdict": one.verdict.value,
                "reason": one.reason.as_json(),
                "facts_as_of": one.facts_as_of,
                "rows": list(one.rows),
                "settle": one.settle.as_json() if one.settle else None,
            }
            for one in found
        ],
        "items": [_item(edition, item, found) for edition in editions for item in edition.items],
    }


def _item(edition: Edition, item: Item, found: tuple[Finding, ...]) -> dict[str, Any]:
    """Give one item with what evidence suggests for it."""
    hint = suggestions.suggest(item, found)
    return {
        "edition": edition.id,
        "subject": edition.subject.value,
        "scopes": [scope.value for scope in item.scopes],
        "code": item.code,
        "key": item.key,
        "level": item.level.value,
        "control": item.control,
        "suggested": hint.value.value if hint.value else None,
        "reason": hint.reason.as_json(),
        "facts_as_of": hint.as_of,
    }
