"""The periodic report on the ledger to management as an accessible PDF (PDF/UA-1), A4."""

from datetime import date, timedelta, timezone
from pathlib import Path

from mamori.core import typesetting
from mamori.core.calendar import long_japanese
from mamori.core.checking import VERDICT_NAMES
from mamori.core.ledger import KIND_NAMES
from mamori.core.ledger_report import LedgerReport
from mamori.core.lifecycles import Support
from mamori.core.text import Language, Text, listed
from mamori.core.typesetting import JsonValue

TEMPLATE = Path(__file__).parent / "templates" / "ledger_report.typ"
JAPAN = timezone(timedelta(hours=9))
SUPPORTS_SHOWN, ROWS_SHOWN, IMPORTS_SHOWN = 25, 8, 8
TITLE = Text("機器台帳に関する定期報告書", "Periodic report on the ledger of apparatus")
WORDS: dict[str, Text] = {
    "facility": Text("医療機関名", "Medical facility"),
    "made": Text("作成日", "Made on"),
    "by": Text("作成者", "Made by"),
    "as_of": Text("台帳の基準日", "Ledger as of"),
    "kinds": Text("1 機器の台数", "1 Apparatus by kind"),
    "kind": Text("種別", "Kind"),
    "in_service": Text("使用中", "Under use"),
    "resting": Text("予備・停止中", "Spare or out of use"),
    "disposed": Text("廃棄済", "Disposed"),
    "total": Text("合計(廃棄済を除く)", "Total (without disposed)"),
    "moved": Text("前回比", "Since last"),
    "supports": Text("2 サポート終了への対応が必要な機器", "2 Ends of support"),
    "os": Text("OS・ファームウェア", "OS or firmware"),
    "count": Text("台数", "Count"),
    "ends": Text("サポート終了日", "End of support"),
    "state": Text("状況", "State"),
    "changes": Text("3 前回報告からの変更", "3 Changes since the last report"),
    "added": Text("追加", "Added"),
    "changed": Text("変更", "Changed"),
    "gone": Text("台帳から除外", "No longer listed"),
    "file": Text("取り込んだ台帳", "Ledger file taken in"),
    "took": Text("担当者", "Taken in by"),
    "taken": Text("取込み", "Accepted"),
    "rejected": Text("取込み不可", "Rejected"),
    "lines": Text("4 台帳の点検結果", "4 What the checks of the ledger say"),
    "check": Text("点検項目", "Check"),
    "verdict": Text("結果", "Result"),
    "reason": Text("内容", "Reason"),
    "confirm": Text("5 経営層の確認", "5 Confirmation by management"),
    "confirmed_on": Text("確認日", "Confirmed on"),
    "name": Text("氏名", "Name"),
    "remark": Text("指示・所見", "Instructions or remarks"),
}
STATES: dict[Support, Text] = {
    Support.PAST: Text("サポート終了", "Past its end"),
    Support.SUPPORTED: Text("1年以内に終了", "Ends within a year"),
    Support.CANNOT_SAY: Text("版の確認が必要", "Version needed"),
    Support.NOT_IN_TABLE: Text("終了日を要確認", "End not known here"),
    Support.NOT_WRITTEN: Text("OSの記載なし", "OS not written"),
}
UNITS = Text("{count}台", "{count}")
FIRST = Text("初回の報告です。", "This is the first report.")
SINCE = Text(
    "前回報告({day})以降の変更です。取り消した取込みは含みません。",
    "Changes since the report of {day}; imports that were undone are left out.",
)
UNDECIDED = Text(
    "このほか、重複などのため扱いを判断していない行が台帳に{count}行あります(台数には含みません)。",
    "{count} more rows of the ledger wait for a decision (duplicates and the like); not counted.",
)
NO_SUPPORTS = Text(
    "使用中のサーバ・端末PC・ネットワーク機器に、サポートが終了しているもの、1年以内に終了するもの、"
    "判断できないものはありません。",
    "No server, terminal or network apparatus under use is past its support, near its end, or"
    " unclear.",
)
MORE = Text("ほか{count}種類(計{units}台)", "{count} more sorts ({units} apparatus)")
TABLE = Text(
    "サポート終了日は{day}時点の一覧によります。使用中のサーバ・端末PC・ネットワーク機器が対象です。",
    "Ends of support by the table of {day}; servers, terminals and network apparatus under use.",
)
NO_IMPORTS = Text("この期間の取込みはありません。", "No file was taken in during this time.")
MORE_IMPORTS = Text(
    "このほかに{count}件の取込みがあります。", "{count} earlier imports are left out here."
)
CONCERNED = Text("該当: {rows}", "Concerned: {rows}")
MISSING = Text(
    "〓は、この文書の書体にない文字を表します: {points}",
    "〓 stands for characters that the typeface of this document does not have: {points}",
)
MADE = Text("Mamoriで作成 {at}", "Made with Mamori, {at}")


def write(report: LedgerReport, language: Language) -> bytes:
    """Print the report; the same report gives the same bytes.

    Errors: FontsMissing when the fonts are not installed.
    """
    page = _page(report, language)
    return typesetting.document(TEMPLATE, page, note=MISSING, language=language, at=report.made_at)


def _day(day: date, language: Language) -> str:
    """Give a day as an official paper writes it."""
    return long_japanese(day) if language is Language.JA else f"{day.day} {day:%B %Y}"


def _page(report: LedgerReport, language: Language) -> dict[str, JsonValue]:
    """Put all words of the page together."""
    english = language is Language.EN and report.facility.name_en
    at = report.made_at.astimezone(JAPAN)
    return {
        "lang": language.value,
        "title": TITLE.say(language),
        "words": {key: words.say(language) for key, words in WORDS.items()},
        "facility": report.facility.name_en if english else report.facility.name,
        "made_on": _day(report.made_on, language),
        "made_by": report.made_by,
        "as_of": _day(report.ledger_as_of, language),
        "kinds": _kinds(report, language),
        "undecided": UNDECIDED.fill(count=report.undecided).say(language)
        if report.undecided
        else None,
        **_supports(report, language),
        **_changes(report, language),
        "lines": [
            {
                "check": line.title.say(language),
                "verdict": line.finding.verdict.value,
                "name": VERDICT_NAMES[line.finding.verdict].say(language),
                "reason": line.finding.reason.say(language),
                "rows": CONCERNED.fill(rows=listed(line.finding.rows, most=ROWS_SHOWN)).say(
                    language
                )
                if line.finding.rows
                else None,
            }
            for line in report.lines
        ],
        "footer": MADE.fill(at=f"{_day(at.date(), language)} {at:%H:%M}").say(language),
        "missing": None,
    }


def _kinds(report: LedgerReport, language: Language) -> list[JsonValue]:
    """Give the lines of the first table, and their sum."""
    rows: list[JsonValue] = []
    sums = [0, 0, 0]
    for one in report.kinds:
        numbers = [one.in_service, one.resting, one.disposed]
        sums = [a + b for a, b in zip(sums, numbers, strict=True)]
        total = one.in_service + one.resting
        before = report.before.get(one.kind.value, 0)
        rows.append(_counted(KIND_NAMES[one.kind].say(language), numbers, total, before, report))
    total = sums[0] + sums[1]
    words = Text("合計", "Total").say(language)
    rows.append(_counted(words, sums, total, sum(report.before.values()), report))
    return rows


def _counted(
    name: str, numbers: list[int], total: int, before: int, report: LedgerReport
) -> list[str]:
    """Give one line of numbers with the difference to the last report."""
    moved = f"{total - before:+d}" if report.before else "-"
    moved = "±0" if moved == "+0" else moved.replace("-", "−") if report.before else "-"
    return [name, *(f"{n:,}" for n in numbers), f"{total:,}", moved]


def _supports(report: LedgerReport, language: Language) -> dict[str, JsonValue]:
    """Give the table of ends of support; beyond the first lines only their number."""
    shown, rest = report.supports[:SUPPORTS_SHOWN], report.supports[SUPPORTS_SHOWN:]
    more = MORE.fill(count=len(rest), units=sum(one.count for one in rest)).say(language)
    return {
        "supports": [
            {
                "state": STATES[one.support].say(language),
                "past": one.support is Support.PAST,
                "kind": KIND_NAMES[one.kind].say(language),
                "os": one.name.say(language),
                "count": f"{one.count:,}",
                "ends": one.ends.isoformat() if one.ends else "-",
            }
            for one in shown
        ],
        "more_supports": more if rest else None,
        "no_supports": None if shown else NO_SUPPORTS.say(language),
        "table": TABLE.fill(day=_day(report.table_as_of, language)).say(language),
    }


def _changes(report: LedgerReport, language: Language) -> dict[str, JsonValue]:
    """Give what happened since the last report."""
    changes = report.changes
    since = (
        SINCE.fill(day=_day(changes.since, language)).say(language)
        if changes.since
        else FIRST.say(language)
    )
    shown = changes.imports[-IMPORTS_SHOWN:]
    rest = len(changes.imports) - len(shown)
    return {
        "since": since,
        "changes": [
            UNITS.fill(count=f"{n:,}").say(language)
            for n in (changes.added, changes.changed, changes.gone)
        ],
        "imports": [
            [one.file, one.as_of.isoformat(), f"{one.accepted:,}", f"{one.rejected:,}", one.by]
            for one in shown
        ],
        "no_imports": NO_IMPORTS.say(language) if not shown else None,
        "more_imports": MORE_IMPORTS.fill(count=rest).say(language) if rest else None,
    }
