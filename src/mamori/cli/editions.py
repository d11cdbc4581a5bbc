"""edition: list, validate, compare, and draft from a spreadsheet."""

import sys
from pathlib import Path
from typing import Any

import click

from mamori.cli import acting, output, words
from mamori.cli.main import EXIT_NEGATIVE
from mamori.cli.root import mamori
from mamori.core import edition_rules, editions
from mamori.core.edition_rules import WHOLE, EditionFault, EditionProblem
from mamori.core.edition_template import Remark
from mamori.core.edition_toml import NOT_TOML
from mamori.core.editions import PRESENCE, SUBJECT_NAMES, Change, Edition, Level
from mamori.core.text import Language, Text
from mamori.editions import loader
from mamori.exporters import edition_template_xlsx
from mamori.importers import edition_xlsx

SOUND = Text("{name}: 問題はありません。", "{name}: no problem found.")
DRAFTED = Text(
    "下書き {path} を作成しました。対応付けできなかった箇所は{count}件です。",
    "Draft written: {path}. {count} places could not be mapped.",
)
WRITTEN = Text("書き出しました: {path}", "Written: {path}")


@mamori.group(help=words.say("チェックリストの版", "Editions of the checklist"))
def edition() -> None:
    """Hold the commands on editions."""


@edition.command("list", help=words.say("収録している版の一覧", "List the editions"))
@acting.json_option
def list_(json_wanted: bool) -> None:
    """List every edition with its counts and whether a person has verified it."""
    found = loader.load_all()
    if json_wanted:
        output.as_json([_plain(one) for one in found])
        return
    language = words.language()
    head = (
        ("版", "年度", "対象", "必須", "参考", "照合")
        if language is Language.JA
        else ("Edition", "Year", "Subject", "Mandatory", "Reference", "Verified")
    )
    output.table(
        head,
        [
            (
                one.id,
                str(one.fiscal_year),
                SUBJECT_NAMES[one.subject].say(language),
                str(_count(one, Level.MANDATORY)),
                str(_count(one, Level.REFERENCE)),
                words.say("済", "yes") if one.verified else words.say("未", "no"),
            )
            for one in found
        ],
    )


@edition.command(
    help=words.say("版のファイルに問題がないか調べる", "Look for faults in an edition")
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@acting.json_option
def validate(files: tuple[Path, ...], json_wanted: bool) -> None:
    """Validate TOML files, or without any every shipped edition; exit 1 when one has a fault."""
    controls = loader.controls()
    chosen = [(path.name, loader.parse(_text(path), path.name)) for path in files] or [
        (one.id, one) for one in loader.load_all()
    ]
    faults = [(name, edition_rules.problems(one, tuple(controls))) for name, one in chosen]
    if json_wanted:
        output.as_json(
            [
                {"edition": name, "problems": [p.reason.as_json() for p in found]}
                for name, found in faults
            ]
        )
    else:
        for name, found in faults:
            for problem in found:
                output.line(Text(f"{name}: {problem.reason.ja}", f"{name}: {problem.reason.en}"))
            if not found:
                output.line(SOUND.fill(name=name))
    if any(found for _, found in faults):
        sys.exit(EXIT_NEGATIVE)


@edition.command(help=words.say("二つの版の違いを示す", "Show what changed between two editions"))
@click.argument("old")
@click.argument("new")
@click.option(
    "--subject",
    default="facility",
    show_default=True,
    type=click.Choice(["facility", "pharmacy", "vendor"]),
    help=words.say("医療機関確認用、薬局確認用、事業者確認用", "Whose list"),
)
@acting.json_option
def diff(old: str, new: str, subject: str, json_wanted: bool) -> None:
    """Compare two editions item by item, by control."""
    older, newer = loader.resolve(old, subject), loader.resolve(new, subject)
    changes = editions.difference(older, newer)
    if json_wanted:
        output.as_json([_change(one) for one in changes])
        return
    language = words.language()
    titles = loader.controls()
    for one in changes:
        kinds = "・".join(kind.value for kind in one.kinds)
        was, now = " + ".join(one.old) or "-", " + ".join(one.new) or "-"
        output.line(f"{titles[one.control].title.say(language)}: {was} → {now} ({kinds})")


@edition.command(
    "import", help=words.say("Excelから版の下書きを作る", "Draft an edition from a workbook")
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    help=words.say("書き出すファイル", "The file to write"),
)
@acting.json_option
def import_(file: Path, path: Path | None, json_wanted: bool) -> None:
    """Write a draft TOML and say what could not be mapped; exit 1 when something could not."""
    draft = edition_xlsx.read(file.read_bytes(), file.name, loader.controls())
    target = path or file.with_suffix(".toml")
    target.write_text(draft.text, encoding="utf-8")
    if json_wanted:
        output.as_json(
            {
                "file": file.name,
                "draft": str(target),
                "unmapped": [_remark(one) for one in draft.unmapped],
                "adjusted": [_remark(one) for one in draft.adjusted],
            }
        )
    else:
        output.line(DRAFTED.fill(path=str(target), count=len(draft.unmapped)))
        for one in (*draft.unmapped, *draft.adjusted):
            where = f"{one.sheet}!{one.cell}"
            output.note(Text(f"{where} {one.reason.ja}", f"{where} {one.reason.en}"))
    if draft.unmapped:
        sys.exit(EXIT_NEGATIVE)


@edition.command(
    help=words.say(
        "版を作るためのExcelの雛形を書き出す", "Write the workbook to author an edition in"
    )
)
@acting.output_option
@click.option("--from", "name", help=words.say("元にする版(例: facility-fy2025)", "An edition"))
def template(path: Path, name: str | None) -> None:
    """Write the template, empty or filled from an edition."""
    chosen = loader.load(name) if name else None
    path.write_bytes(edition_template_xlsx.write(chosen, tuple(loader.controls().values())))
    output.line(WRITTEN.fill(path=str(path)))


def _text(path: Path) -> str:
    """Read a file as UTF-8; EditionFault names it where it is something else."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        reason = NOT_TOML.fill(error=str(error))
        raise EditionFault(path.name, (EditionProblem(WHOLE, reason),)) from error


def _remark(one: Remark) -> dict[str, Any]:
    """Give one remark on a cell of a template."""
    return {
        "sheet": one.sheet,
        "row": one.row,
        "cell": one.cell,
        "reason": one.reason.as_json(),
    }


def _count(one: Edition, level: Level) -> int:
    """Count the items of a level; the presence row is no item to be Yes or No about."""
    return len([item for item in one.of_level(level) if item.code != PRESENCE])


def _plain(one: Edition) -> dict[str, Any]:
    """Give an edition as it stands in JSON."""
    return {
        "id": one.id,
        "revision": one.revision,
        "fiscal_year": one.fiscal_year,
        "subject": one.subject.value,
        "name": one.name.as_json(),
        "verified": one.verified,
        "source": one.source.as_json(),
        "mandatory": _count(one, Level.MANDATORY),
        "reference": _count(one, Level.REFERENCE),
        "digest": loader.digest(one),
    }


def _change(one: Change) -> dict[str, Any]:
    """Give one change as it stands in JSON."""
    return {
        "control": one.control,
        "old": list(one.old),
        "new": list(one.new),
        "kinds": [kind.value for kind in one.kinds],
        "uncovered": [scope.value for scope in one.uncovered],
    }
