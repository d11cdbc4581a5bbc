"""ledger report, ledger reports and ledger confirm: the periodic report to management."""

from datetime import date
from pathlib import Path

import click

from mamori.cli import acting, output, words
from mamori.cli.ledger import ledger_group
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.store.queries import reports as queries
from mamori.usecases.ledger import confirm_report
from mamori.usecases.ledger import report as reporting

MADE = Text(
    "報告書{number}を作成しました: {path}。経営層の確認は mamori ledger confirm で記録します。",
    "Report {number} is made: {path}. Management confirms it with mamori ledger confirm.",
)
CONFIRMED = Text(
    "報告書{number}の確認を記録しました。", "The confirmation of report {number} is recorded."
)


@ledger_group.command(help=words.say("経営層への定期報告書を作る", "Make the report to management"))
@acting.output_option
@acting.language_option
@acting.for_facility
@acting.json_option
def report(who: Viewer, facility: str, path: Path, spoken: str | None, json_wanted: bool) -> None:
    """Make the periodic report as PDF and record its figures."""
    language = Language(spoken) if spoken else words.language()
    # Opened first: a report that cannot be written is not recorded.
    with path.open("wb") as file:
        done = reporting.make(
            who, facility=facility, language=language, now=acting.now(), today=acting.today()
        )
        file.write(done.content)
    if json_wanted:
        output.as_json({"report": done.number, "file": str(path), **done.report.figures()})
        return
    output.line(MADE.fill(number=done.number, path=str(path)))


@ledger_group.command("reports", help=words.say("報告書の一覧", "List the reports"))
@acting.for_facility
@acting.json_option
def reports_(who: Viewer, facility: str, json_wanted: bool) -> None:
    """List the reports to management and their confirmation."""
    found = queries.reports(who, facility)
    if json_wanted:
        output.as_json(
            [
                {
                    "report": one.number,
                    "made_on": one.made_on,
                    "by": one.by,
                    "sha256": one.sha256,
                    "confirmed_on": one.confirmed_on,
                    "confirmed_by": one.confirmed_by or None,
                    "remark": one.remark,
                    "figures": one.figures,
                }
                for one in found
            ]
        )
        return
    japanese = words.language() is Language.JA
    output.table(
        ("番号", "作成日", "作成者", "確認日", "確認者")
        if japanese
        else ("No.", "Made on", "Made by", "Confirmed on", "Confirmed by"),
        [
            (
                str(one.number),
                one.made_on.isoformat(),
                one.by,
                one.confirmed_on.isoformat() if one.confirmed_on else "-",
                one.confirmed_by or "-",
            )
            for one in found
        ],
    )


@ledger_group.command(help=words.say("報告書を経営層として確認する", "Confirm as management"))
@click.argument("number", type=int, required=False)
@click.option("--on", "day", type=acting.DAY, help=words.say("確認日", "Day of confirmation"))
@click.option("--remark", default="", help=words.say("指示・所見", "Remark"))
@acting.for_facility
def confirm(who: Viewer, facility: str, number: int | None, day: date | None, remark: str) -> None:
    """Record that management has seen a report (the newest where none is named)."""
    done = confirm_report.confirm(
        who,
        facility=facility,
        number=number,
        on=day or acting.today(),
        remark=remark,
        now=acting.now(),
    )
    output.line(CONFIRMED.fill(number=done))
