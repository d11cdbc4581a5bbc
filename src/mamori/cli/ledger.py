"""import ledger, import list, import undo, and ledger list, show, export."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from mamori.cli import acting, ledger_told, output, words
from mamori.cli.root import imports, mamori
from mamori.core.difference import Prefer
from mamori.core.ledger import COLUMN_NAMES, KIND_NAMES, STATUS_NAMES, Apparatus, Kind, Status, said
from mamori.core.ledger_reading import Reading, Row
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.exporters import ledger_csv, ledger_xlsx, rejects_xlsx
from mamori.store.queries import ledger as queries
from mamori.usecases.ledger import take_in, undo

DRY = Text(
    "確認だけを行いました(何も変更していません)。取り込むには --dry-run を外してください。",
    "Nothing was changed. Leave --dry-run out to take the file in.",
)
DONE = Text("取込み番号{number}として記録しました。", "Recorded as import {number}.")
TAKEN_BACK = Text(
    "取込み{number}を取り消しました(機器 {count}台)。",
    "Import {number} is undone ({count} apparatus).",
)
READING = Text("台帳を読んでいます", "Reading the ledger")
BAD_MAP = Text(
    "「{value}」は「見出し=項目」の形で指定してください(項目: {fields})。",
    '"{value}" is not of the form HEADING=FIELD (fields: {fields}).',
)


@imports.command(help=words.say("機器台帳を取り込む", "Take in a ledger of apparatus"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=words.say("差分だけを確認する", "Only compare"))
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="HEADING=FIELD",
    help=words.say(
        "列の対応を指定する(例: 使う人=users)", "Say what a column means, e.g. Holder=users"
    ),
)
@click.option("--source", default="", help=words.say("台帳の名前", "Name of this ledger"))
@click.option("--as-of", type=acting.DAY, help=words.say("台帳の基準日", "Day it holds for"))
@click.option(
    "--prefer",
    type=click.Choice([p.value for p in Prefer]),
    help=words.say("双方で変更された欄の扱い", "Who wins where both sides changed"),
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
    help=words.say("取り込めなかった行をExcelに書き出す", "Write what was not taken as xlsx"),
)
@acting.for_facility
@acting.json_option
def ledger(
    who: Viewer,
    facility: str,
    file: Path,
    dry_run: bool,
    mapped: tuple[str, ...],
    source: str,
    as_of: date | None,
    prefer: str | None,
    rejects: Path | None,
    json_wanted: bool,
) -> None:
    """Take in a ledger file, or with --dry-run show what it would change."""
    given = take_in.LedgerFile(
        content=file.read_bytes(),
        name=file.name,
        mapping=_mapping(mapped),
        source=source,
        prefer=Prefer(prefer) if prefer else None,
    )
    number = None
    with output.progress(READING, length=0) as bar:
        step = bar.update
        if dry_run:
            plan = take_in.plan(who, facility=facility, file=given, step=step)
        else:
            day = as_of or acting.today()
            number, plan = take_in.take_in(
                who, facility=facility, file=given, as_of=day, now=acting.now(), step=step
            )
    if rejects is not None:
        rejects.write_bytes(rejects_xlsx.write(plan.reading.rejected, words.language()))
    if json_wanted:
        output.as_json(_answer(plan, number))
        return
    ledger_told.tell(plan, dry_run=dry_run)
    output.line(DRY if number is None else DONE.fill(number=number))


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    """Read HEADING=FIELD pairs."""
    found = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or (field and field not in COLUMN_NAMES):
            message = BAD_MAP.fill(value=pair, fields=", ".join(COLUMN_NAMES))
            raise click.BadParameter(message.say(words.language()), param_hint="--map")
        found[heading] = field
    return found


def _answer(plan: take_in.Plan, number: int | None) -> dict[str, Any]:
    """Give the JSON answer as documented in docs/reference/json.md."""
    reading = plan.reading
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "import": number,
        "counts": plan.counts,
        "accepted": [_row(row) for row in reading.accepted],
        "rejected": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "cell": one.cell,
                "reason": one.reason.as_json(),
            }
            for one in reading.rejected
        ],
        "ignored": [
            {"sheet": one.sheet, "row": one.row, "why": one.why.value, "words": one.words}
            for one in reading.ignored
        ],
        "conflicts": [
            {
                "rows": [[row.sheet, row.row] for row in one.rows],
                "reason": one.reason.as_json(),
                "fields": [
                    {"field": f.field, "last_file": f.last_file, "kept": f.kept, "file": f.file}
                    for f in one.fields
                ],
            }
            for one in plan.found.conflict
        ],
        "changes": [
            {
                "control_no": one.before.control_no,
                "row": one.row.row,
                "sheet": one.row.sheet,
                "fields": {f.field: [f.old, f.new] for f in one.fields},
                "kept": {f.field: [f.old, f.new] for f in one.kept},
            }
            for one in plan.found.changed
        ],
        "gone": [one.apparatus.control_no for one in plan.found.gone],
        "sheets": _sheets(reading),
    }


def _sheets(reading: Reading) -> list[dict[str, Any]]:
    """Say how each sheet and column was read."""
    return [
        {
            "sheet": sheet.name,
            "skipped": sheet.skipped.as_json() if sheet.skipped else None,
            "columns": [
                {
                    "column": column.letter,
                    "heading": column.heading,
                    "field": column.field or None,
                    "how": column.how.value,
                    "confidence": column.confidence,
                }
                for block in sheet.blocks
                for column in block.columns
            ],
        }
        for sheet in reading.sheets
    ]


def _row(row: Row) -> dict[str, Any]:
    """Give one accepted row."""
    doubts = [
        {"field": one.field, "cell": one.cell, "about": one.about.as_json()} for one in row.doubts
    ]
    return {"sheet": row.sheet, "row": row.row, **plain(row.apparatus), "doubts": doubts}


def plain(one: Apparatus) -> dict[str, Any]:
    """Give an apparatus as it stands in JSON."""
    values: dict[str, Any] = {field: said(one, field) for field in COLUMN_NAMES}
    values["users"] = list(one.users)
    values["registered_on"] = one.registered_on
    return values


@imports.command("list", help=words.say("取込みの一覧", "List the imports"))
@acting.for_facility
@acting.json_option
def list_imports(who: Viewer, facility: str, json_wanted: bool) -> None:
    """List the newest imports of a facility."""
    found = queries.imports(who, facility)
    if json_wanted:
        output.as_json(
            [
                {
                    "import": one.number,
                    "topic": one.topic,
                    "file": one.file_name,
                    "sha256": one.sha256,
                    "as_of": one.as_of,
                    "counts": one.counts,
                    "by": one.by,
                    "at": one.at,
                    "undone_at": one.undone_at,
                }
                for one in found
            ]
        )
        return
    head = ("番号", "ファイル", "基準日", "取込み", "不可", "状態", "担当")
    english = ("No.", "File", "As of", "Accepted", "Rejected", "State", "By")
    output.table(
        head if words.language() is Language.JA else english,
        [
            (
                str(one.number),
                one.file_name,
                one.as_of.isoformat(),
                str(one.counts["accepted"]),
                str(one.counts["rejected"]),
                words.say("取消し済", "undone") if one.undone_at else words.say("有効", "holds"),
                one.by,
            )
            for one in found
        ],
    )


@imports.command("undo", help=words.say("取込みを取り消す", "Undo an import"))
@click.argument("number", type=int)
@acting.for_facility
def undo_(who: Viewer, facility: str, number: int) -> None:
    """Put the ledger back to where it was before an import."""
    count = undo.undo(who, facility=facility, number=number, now=acting.now())
    output.line(TAKEN_BACK.fill(number=number, count=count))


@mamori.group("ledger", help=words.say("機器台帳", "The ledger of apparatus"))
def ledger_group() -> None:
    """Hold the commands on the ledger."""


@ledger_group.command("list", help=words.say("台帳の一覧", "List the ledger"))
@click.option("--search", default="", help=words.say("検索する語", "Words to look for"))
@click.option("--kind", type=click.Choice([k.value for k in Kind]), help=words.say("種別", "Kind"))
@click.option(
    "--status", type=click.Choice([s.value for s in Status]), help=words.say("状態", "Status")
)
@click.option(
    "--start",
    default=0,
    type=click.IntRange(0),
    help=words.say("先頭から飛ばす台数", "How many to skip"),
)
@click.option(
    "--size",
    default=50,
    show_default=True,
    type=click.IntRange(1, 1000),
    help=words.say("表示する台数", "How many to show"),
)
@acting.for_facility
@acting.json_option
def list_(
    who: Viewer,
    facility: str,
    search: str,
    kind: str | None,
    status: str | None,
    start: int,
    size: int,
    json_wanted: bool,
) -> None:
    """List a page of the ledger."""
    page = queries.apparatus(
        who,
        facility,
        search=search,
        kind=Kind(kind) if kind else None,
        status=Status(status) if status else None,
        start=start,
        size=size,
    )
    if json_wanted:
        output.as_json({"total": page.total, "apparatus": [plain(r.apparatus) for r in page.rows]})
        return
    language = words.language()
    shown = ("control_no", "kind", "os", "software", "ip_address", "location", "status")
    output.table(
        [COLUMN_NAMES[field].say(language) for field in shown],
        [[_cell(row.apparatus, field, language) for field in shown] for row in page.rows],
    )
    output.line(f"{len(page.rows)} / {page.total}")


@ledger_group.command(help=words.say("医療情報システムごとの台数", "Apparatus per system"))
@acting.for_facility
@acting.json_option
def systems(who: Viewer, facility: str, json_wanted: bool) -> None:
    """Count the listed apparatus of each healthcare system."""
    found = queries.systems(who, facility)
    if json_wanted:
        output.as_json([{"system": name, "apparatus": count} for name, count in found.items()])
        return
    head = (COLUMN_NAMES["system"].say(words.language()), words.say("台数", "Apparatus"))
    output.table(head, [(name, str(count)) for name, count in found.items()])


@ledger_group.command(help=words.say("一台の内容と履歴", "One apparatus and its history"))
@click.argument("control_no")
@acting.for_facility
@acting.json_option
def show(who: Viewer, facility: str, control_no: str, json_wanted: bool) -> None:
    """Show one apparatus with everything that changed in it."""
    found, events = queries.one(who, facility, control_no)
    if json_wanted:
        output.as_json(
            {
                **plain(found.apparatus),
                "listed": found.is_listed,
                "history": [
                    {
                        "what": event.what,
                        "changes": event.changes,
                        "by": event.by,
                        "at": event.at,
                        "import": event.import_number,
                    }
                    for event in events
                ],
            }
        )
        return
    language = words.language()
    for field, name in COLUMN_NAMES.items():
        output.line(f"{name.say(language)}: {_cell(found.apparatus, field, language)}")
    for event in events:
        changes = " / ".join(
            f"{COLUMN_NAMES[field].say(language)}: {old} → {new}"
            for field, (old, new) in event.changes.items()
        )
        output.line(f"{event.at.isoformat()} {event.what} {event.by} {changes}".rstrip())


@ledger_group.command(help=words.say("公式の12列で書き出す", "Write the twelve official columns"))
@acting.output_option
@acting.language_option
@acting.for_facility
def export(who: Viewer, facility: str, path: Path, spoken: str | None) -> None:
    """Write the listed apparatus as xlsx, or as csv when the file is called so."""
    language = Language(spoken) if spoken else words.language()
    rows = queries.everything(who, facility)
    writer = ledger_csv if path.suffix.lower() == ".csv" else ledger_xlsx
    path.write_bytes(writer.write(rows, language))
    output.line(Text(f"書き出しました: {path}", f"Written: {path}"))


def _cell(one: Apparatus, field: str, language: Language) -> str:
    """Give one field as a person reads it."""
    if field == "kind":
        return KIND_NAMES[one.kind].say(language)
    if field == "status":
        return STATUS_NAMES[one.status].say(language)
    if field == "users":
        return "、".join(one.users)
    return said(one, field)
