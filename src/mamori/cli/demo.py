"""demo: prepare the demonstration hospital, print what its check says, and serve its page."""

from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils.module_loading import import_string

from mamori.cli import acting, installation, output, words
from mamori.cli.root import mamori
from mamori.core import form_layout, inventory
from mamori.core.checking import VERDICT_NAMES, Verdict
from mamori.core.ledger import KIND_NAMES
from mamori.core.overview import Overview
from mamori.core.text import Language, Text
from mamori.core.urgency import Urgent
from mamori.exporters import form_pdf
from mamori.store import viewers
from mamori.store.queries import ledger, overview
from mamori.usecases.overview import show

PREPARING = Text("見本の病院を準備しています。", "Preparing the demonstration hospital.")
FIGURES = Text(
    "回答済み {answered}/{all}  はい {yes}/{all}  いいえ {no}  未回答 {open}"
    "(分母: 回答が必要な項目)",
    "Answered {answered}/{all}  Yes {yes}/{all}  No {no}  open {open}"
    "  (of the items to be answered)",
)
FINDINGS = Text("確認結果({day}): {counts}", "Findings ({day}): {counts}")
LEDGER = Text("台帳({day}): 使用中 {total}台({kinds})", "Ledger ({day}): {total} in use ({kinds})")
IMPORTED = Text(
    "  取込み: {rows}行(新規 {new}台、前回と同じ {unchanged}台、変更 {changed}台、"
    "読み取れない行 {rejected}件、要判断 {conflict}件)",
    "  taken in: {rows} rows (new {new}, as before {unchanged}, changed {changed}, "
    "rejected {rejected}, to be decided {conflict})",
)
URGENT = Text("いま優先すべき{count}件", "The {count} things that matter most now")
WHY = Text("     理由: {text}", "     Why: {text}")
DO = Text("     対応: {text}", "     Do:  {text}")
ROWS = Text("     該当: {text}", "     Concerned: {text}")
PDF = Text("様式のPDF: {path}", "Form (PDF): {path}")
NEXT = Text(
    "画面で見るには mamori serve を実行し、http://127.0.0.1:8000/ を開いてください。",
    "To see the page run mamori serve and open http://127.0.0.1:8000/",
)
UNVERIFIED = Text("[未照合の版]", "[unverified edition]")
SHOWN_ROWS = 8


@mamori.command(
    help=words.say(
        "見本の病院を準備し、点検の結果を表示する", "Prepare the demonstration and show its check"
    )
)
@click.option(
    "--serve", "serving", is_flag=True, help=words.say("続けて画面を表示する", "Serve it")
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help=words.say("ポート番号", "Port"),
)
@acting.json_option
@click.pass_context
def demo(context: click.Context, *, serving: bool, port: int, json_wanted: bool) -> None:
    """Prepare the demonstration once, print the result of the check, serve it where asked."""
    installation.prepare_database()
    output.note(PREPARING)
    now, today = acting.now(), acting.today()
    made = import_string(settings.DEMONSTRATION)(now=now, today=today)
    viewer = viewers.demonstration()
    code = overview.demonstration_facilities(viewer)[0]
    shown = show.show(viewer, facility=code, now=now, today=today)
    if shown is None:
        raise LookupError("the demonstration has no checklist")
    files = _papers(shown.overview, anew=made)
    if json_wanted:
        output.as_json(_as_json(shown.overview, files))
    else:
        _print(shown.overview, files)
    if serving:
        context.invoke(installation.serve, host="127.0.0.1", port=port)
    elif not json_wanted:
        output.line(NEXT)


def _papers(found: Overview, *, anew: bool) -> list[Path]:
    """Write the form in both languages beside the data, unless it lies there already."""
    folder = settings.DATA / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for language in Language:
        file = folder / f"{found.form.edition.id}-{language.value}.pdf"
        if anew or not file.exists():
            half = file.with_suffix(".part")
            half.write_bytes(form_pdf.write(found.form, language))
            half.replace(file)
        files.append(file)
    return files


def _print(found: Overview, files: list[Path]) -> None:
    """Print figures, what is urgent, and where the papers lie."""
    language = words.language()
    form, progress = found.form, found.everything
    output.line()
    output.line(form_layout.name_of(form.facility, language))
    mark = "" if form.edition.verified else f" {UNVERIFIED.say(language)}"
    output.line(f"{form.edition.name.say(language)}{mark}")
    output.line(
        FIGURES.fill(
            answered=progress.answered,
            all=progress.applicable,
            yes=progress.yes,
            no=progress.no,
            open=progress.applicable - progress.answered,
        )
    )
    _print_evidence(found, language)
    output.line()
    output.line(URGENT.fill(count=len(found.urgent)))
    for number, one in enumerate(found.urgent, start=1):
        _print_urgent(number, one, language)
    output.line()
    for file in files:
        output.line(PDF.fill(path=str(file)))


def _print_evidence(found: Overview, language: Language) -> None:
    """Print what the checks said and what the ledger holds."""
    counts = "  ".join(
        f"{VERDICT_NAMES[verdict].say(language)} {number}"
        for verdict in Verdict
        if (number := sum(one.verdict is verdict for one in found.form.findings))
    )
    day = found.checked_on.isoformat() if found.checked_on else "-"
    output.line(FINDINGS.fill(day=day, counts=counts))
    if found.ledger_as_of is None:
        return
    kinds = [(KIND_NAMES[one.kind], one.in_service) for one in found.kinds]
    output.line(
        LEDGER.fill(
            day=found.ledger_as_of.isoformat(),
            total=sum(number for _, number in kinds),
            kinds=Text(
                "、".join(f"{name.ja}{number}" for name, number in kinds),
                ", ".join(f"{inventory.in_sentence(name).en} {number}" for name, number in kinds),
            ),
        )
    )
    newest = ledger.last_import(viewers.demonstration(), found.form.facility.code)
    if newest is not None:
        output.line(IMPORTED.fill(**{k: newest.counts[k] for k in IMPORT_COUNTS}))


IMPORT_COUNTS = ("rows", "new", "unchanged", "changed", "rejected", "conflict")


def _print_urgent(number: int, one: Urgent, language: Language) -> None:
    """Print one thing to do."""
    output.line(f"  {number}. {one.title.say(language)}")
    output.line(WHY.fill(text=one.why))
    output.line(DO.fill(text=one.action))
    if one.rows:
        shown, more = one.rows[:SHOWN_ROWS], len(one.rows) - SHOWN_ROWS
        output.line(ROWS.fill(text=" ".join(shown) + (f" +{more}" if more > 0 else "")))


def _as_json(found: Overview, files: list[Path]) -> dict[str, Any]:
    """Give the same as data; documented in docs/reference/json.md."""
    progress = found.everything
    return {
        "facility": found.form.facility.code,
        "edition": found.form.edition.id,
        "verified": found.form.edition.verified,
        "items": {
            "applicable": progress.applicable,
            "answered": progress.answered,
            "yes": progress.yes,
            "no": progress.no,
        },
        "findings": {
            verdict.value: sum(one.verdict is verdict for one in found.form.findings)
            for verdict in Verdict
        },
        "urgent": [
            {
                "id": one.id,
                "title": one.title.as_json(),
                "why": one.why.as_json(),
                "action": one.action.as_json(),
                "rows": list(one.rows),
                "due": one.due,
            }
            for one in found.urgent
        ],
        "files": [str(file) for file in files],
    }
