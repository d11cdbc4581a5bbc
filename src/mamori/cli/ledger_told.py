"""What is said on the terminal about a ledger file: counts, columns, what was not taken."""

from mamori.cli import output, words
from mamori.core.ledger import COLUMN_NAMES
from mamori.core.ledger_reading import SheetReading
from mamori.core.text import Language, Text
from mamori.usecases.ledger import take_in

COUNTS = Text(
    "{rows}行を読みました: 取込み可 {accepted}、取込み不可 {rejected}",
    "Read {rows} rows: {accepted} accepted, {rejected} rejected",
)
DIFFERENCE = Text(
    "台帳との差分: 新規 {new}、変更 {changed}、記載なし {gone}、"
    "要判断 {conflict}、変更なし {unchanged}",
    "Against the ledger: new {new}, changed {changed}, gone {gone}, "
    "to be decided {conflict}, unchanged {unchanged}",
)
MORE = Text(
    "ほか{count}件。--rejects で一覧を書き出せます。", "{count} more; --rejects writes all."
)
COLUMNS = Text(
    "  {sheet} 見出し{rows}行目: {columns}", "  {sheet}, headings in row {rows}: {columns}"
)
NOT_TAKEN = Text("    取り込まない列: {columns}", "    Columns not taken: {columns}")
TO_DECIDE = Text(
    "要判断の行は台帳に反映していません。番号の重複などはファイルを直して取り込み直してください。"
    "守りとファイルの両方で変更された欄は、--prefer file(ファイルの内容)か "
    "--prefer kept(守りの内容)で決めてください。",
    "Rows to be decided are not in the ledger yet. Correct duplicate numbers in the file and "
    "import it again; where both sides changed a field, --prefer file or --prefer kept decides.",
)
MORE_TO_DECIDE = Text("要判断はほかに{count}件あります。", "{count} more are to be decided.")
SHOWN = 10


def tell(plan: take_in.Plan, *, dry_run: bool) -> None:
    """Print what was read, what it would change, and the first rows that were not taken."""
    counts, language = plan.counts, words.language()
    output.line(COUNTS.fill(**{k: counts[k] for k in ("rows", "accepted", "rejected")}))
    output.line(
        DIFFERENCE.fill(
            **{k: counts[k] for k in ("new", "changed", "gone", "conflict", "unchanged")}
        )
    )
    for sheet in plan.reading.sheets:
        if sheet.skipped:
            output.line(f"  {sheet.name}: {sheet.skipped.say(language)}")
        elif dry_run:
            _tell_columns(sheet, language)
    for one in plan.reading.rejected[:SHOWN]:
        output.line(f"  {one.sheet}!{one.cell or one.row}: {one.reason.say(language)}")
    if len(plan.reading.rejected) > SHOWN:
        output.line(MORE.fill(count=len(plan.reading.rejected) - SHOWN))
    for conflict in plan.found.conflict[:SHOWN]:
        where = "、".join(f"{row.sheet}!{row.row}" for row in conflict.rows)
        output.line(f"  {where}: {conflict.reason.say(language)}")
    if len(plan.found.conflict) > SHOWN:
        output.line(MORE_TO_DECIDE.fill(count=len(plan.found.conflict) - SHOWN))
    if plan.found.conflict:
        output.line(TO_DECIDE)


def _tell_columns(sheet: SheetReading, language: Language) -> None:
    """Say what each column of a sheet was taken for, and which are not taken."""
    for block in sheet.blocks:
        taken, left = [], []
        for column in block.columns:
            name = COLUMN_NAMES[column.field].say(language) if column.field else ""
            if name:
                same = name == column.heading
                taken.append(name if same else f"{column.heading or column.letter}→{name}")
            elif column.heading:
                left.append(column.heading)
        shown = {"columns": "、".join(taken) if language is Language.JA else ", ".join(taken)}
        rows = "-".join(str(row) for row in block.header_rows)
        output.line(COLUMNS.fill(sheet=sheet.name, rows=rows, **shown))
        if left:
            output.line(NOT_TAKEN.fill(columns="、".join(left)))
