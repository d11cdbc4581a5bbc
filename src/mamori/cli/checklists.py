"""checklist: open, show, answer, sign, reopen, carry, and the forms."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from mamori.cli import acting, form_files, output, words
from mamori.cli.root import mamori
from mamori.core import answering
from mamori.core.answering import APPLIES_REASONS, REPLY_NAMES
from mamori.core.checklists import EMPTY, Applies, Reply, Turn
from mamori.core.difference import Prefer
from mamori.core.editions import Item
from mamori.core.forms import Form
from mamori.core.permissions import Action
from mamori.core.policies import STATE_NAMES
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.usecases.checklists import answer as answering_usecase
from mamori.usecases.checklists import carry as carrying
from mamori.usecases.checklists import form as forms
from mamori.usecases.checklists import open as opening
from mamori.usecases.checklists import step as stepping
from mamori.usecases.checklists import take_back as returning

OPENED = Text("「{edition}」を始めました。", "Opened: {edition}.")
RECORDED = Text("{count}件の回答を記録しました。", "Answers recorded: {count}.")
LACKING = Text(
    "確定には、あと{count}件の記入が必要です。まず: {first}",
    "Before signing, {count} things are still needed. First: {first}",
)
NOW_IS = Text(
    "チェックリストは「{state}」になりました(改訂{revision})。",
    'The checklist is now "{state}" (revision {revision}).',
)
HEADING = Text(
    "{edition} {facility} 「{state}」改訂{revision}",
    '{edition} {facility} "{state}" revision {revision}',
)
PROGRESS = Text(
    "回答済み {answered} / 対象 {applicable}件、はい {yes} / 対象 {applicable}件",
    "Answered {answered} of {applicable}; Yes {yes} of {applicable} applicable items",
)
UNVERIFIED = Text(
    "この版は公式の様式との照合が済んでいません。",
    "This edition has not been compared with the official form.",
)
WRITTEN = Text("書き出しました: {path}", "Written: {path}")
CAME_BACK = Text(
    "{recorded}件の回答を記録しました(変更のない項目 {unchanged}件)。",
    "Recorded {recorded} answers; {unchanged} items were already the same.",
)


@mamori.group(help=words.say("チェックリスト", "Checklists"))
def checklist() -> None:
    """Hold the commands on checklists."""


def a_list(command: Any) -> Any:
    """Add the options that name one checklist: --edition, --subject, --vendor, --facility, --as."""
    for option in (
        click.option("--edition", required=True, help=words.say("版(例: fy2025)", "Edition")),
        click.option(
            "--subject",
            default="facility",
            show_default=True,
            type=click.Choice(["facility", "pharmacy", "vendor"]),
            help=words.say("医療機関確認用、薬局確認用、事業者確認用", "Whose list"),
        ),
        click.option("--vendor", metavar="CODE", help=words.say("事業者のコード", "Vendor code")),
    ):
        command = option(command)
    return acting.for_facility(command)


def _edition(edition: str, subject: str) -> str:
    """Give the id of the edition meant by "fy2025" and a subject."""
    return loader.resolve(edition, subject).id


@checklist.command("open", help=words.say("チェックリストを始める", "Begin a checklist"))
@a_list
def open_(who: Viewer, facility: str, edition: str, subject: str, vendor: str | None) -> None:
    """Begin a checklist; nothing changes where it is begun already."""
    chosen = loader.resolve(edition, subject)
    opening.open_checklist(
        who, facility=facility, edition=chosen.id, vendor=vendor, now=acting.now()
    )
    output.line(OPENED.fill(edition=chosen.name))


@checklist.command(help=words.say("現在の回答と確認結果を示す", "Show answers and evidence"))
@a_list
@acting.json_option
def show(
    who: Viewer, facility: str, edition: str, subject: str, vendor: str | None, json_wanted: bool
) -> None:
    """Show a checklist as it stands."""
    form = _form(who, facility, _edition(edition, subject), vendor)
    if json_wanted:
        click.echo(form_files.write(form, "json", words.language()).decode())
        return
    output.line(
        HEADING.fill(
            edition=form.edition.name,
            facility=form.facility.name,
            state=STATE_NAMES[form.state],
            revision=form.revision,
        )
    )
    if not form.edition.verified:
        output.line(UNVERIFIED)
    known = forms.circumstances(who, facility, vendor, form.as_of)
    counts = answering.progress(form.edition, form.states, known)
    output.line(
        PROGRESS.fill(answered=counts.answered, applicable=counts.applicable, yes=counts.yes)
    )
    output.table(
        tuple(
            words.say(*pair)
            for pair in (
                ("項目", "Item"),
                ("確認結果", "Evidence"),
                ("1回目", "First"),
                ("目標日", "Target"),
                ("2回目", "Second"),
                ("内容", "About"),
            )
        ),
        [_row(form, item, words.language()) for item in form.edition.items],
    )


def _row(form: Form, item: Item, language: Language) -> tuple[str, ...]:
    """Give one line of the list."""
    state = form.states.get(item.key, EMPTY)
    hint = form.suggested.get(item.key)
    needed = form.applies[item.key]
    about = form.controls[item.control].title.say(language)
    if needed is not Applies.YES:
        about = f"{about} ({APPLIES_REASONS[needed].say(language)})"
    return (
        item.key,
        REPLY_NAMES[hint].say(language) if hint else "-",
        _cell(state.first, state.first_on, language),
        state.target_on.isoformat() if state.target_on else "-",
        _cell(state.second, state.second_on, language),
        about,
    )


def _cell(reply: Reply | None, day: date | None, language: Language) -> str:
    """Give an answer with its date."""
    return f"{REPLY_NAMES[reply].say(language)} {day or ''}" if reply else "-"


@checklist.command(help=words.say("項目に回答する", "Answer an item"))
@click.argument("item", required=False)
@click.argument("value", required=False, type=click.Choice(["yes", "no", "blank"]))
@click.option("--on", "day", type=acting.DAY, help=words.say("確認日", "Date of the check"))
@click.option("--target", type=acting.DAY, help=words.say("目標日", "Target date"))
@click.option("--second", is_flag=True, help=words.say("2回目の確認", "The second check"))
@click.option("--reason", default="", help=words.say("理由・根拠", "Reason"))
@click.option(
    "--from-evidence",
    is_flag=True,
    help=words.say("確認結果のとおりに回答する", "Answer as evidence suggests"),
)
@a_list
def answer(
    who: Viewer,
    facility: str,
    edition: str,
    subject: str,
    vendor: str | None,
    item: str | None,
    value: str | None,
    day: date | None,
    target: date | None,
    second: bool,
    reason: str,
    from_evidence: bool,
) -> None:
    """Answer one item, or with --from-evidence alone every item that evidence answers."""
    chosen, turn = _edition(edition, subject), Turn.SECOND if second else Turn.FIRST
    today = acting.today()
    if item is None and from_evidence:
        count = answering_usecase.confirm_suggestions(
            who,
            facility=facility,
            edition=chosen,
            turn=turn,
            checked_on=day or today,
            language=words.language(),
            now=acting.now(),
            today=today,
        )
        output.line(RECORDED.fill(count=count))
        _tell_gaps(who, facility, chosen, vendor)
        return
    if item is None or value is None:
        raise click.UsageError(
            words.say(
                "項目と回答(yes, no, blank)を指定してください。", "Give an item and an answer."
            )
        )
    given = answering_usecase.Given(
        item=item,
        turn=turn,
        value=None if value == "blank" else Reply(value),
        checked_on=day or today,
        target_on=target,
        reason=reason,
        on_evidence=from_evidence,
    )
    count = answering_usecase.answer(
        who,
        facility=facility,
        edition=chosen,
        vendor=vendor,
        given=(given,),
        language=words.language(),
        now=acting.now(),
        today=today,
    )
    output.line(RECORDED.fill(count=count))


def _step_command(name: str, action: Action, help_: str) -> None:
    """Hang one step of the transition table in the tree of commands."""

    @checklist.command(name, help=help_)
    @click.option("--reason", default="", help=words.say("理由", "Reason"))
    @a_list
    def step(
        who: Viewer, facility: str, edition: str, subject: str, vendor: str | None, reason: str
    ) -> None:
        state, revision = stepping.take_step(
            who,
            facility=facility,
            edition=_edition(edition, subject),
            vendor=vendor,
            action=action,
            reason=reason,
            now=acting.now(),
            today=acting.today(),
        )
        output.line(NOW_IS.fill(state=STATE_NAMES[state], revision=revision))
        if action is Action.SUBMIT:
            _tell_gaps(who, facility, _edition(edition, subject), vendor)


STEPS: dict[str, tuple[Action, str]] = {
    "submit": (Action.SUBMIT, words.say("安全管理責任者の確認に回す", "Hand in for signature")),
    "sign": (Action.SIGN, words.say("確定する(回答をロックする)", "Sign and lock")),
    "send-back": (Action.SEND_BACK, words.say("理由を付けて差し戻す", "Send back with a reason")),
    "reopen": (Action.REOPEN, words.say("理由を付けて再開する", "Reopen with a reason")),
}
for _name, (_action, _help) in STEPS.items():
    _step_command(_name, _action, _help)


@checklist.command(help=words.say("様式を書き出す(PDF・Excelなど)", "Write the form"))
@click.option(
    "--format",
    "kind",
    default="pdf",
    show_default=True,
    type=click.Choice(form_files.KINDS),
    help=words.say("ファイルの形式", "Format of the file"),
)
@acting.language_option
@click.option("--annex", is_flag=True, help=words.say("根拠の別紙を付ける", "Add the evidence"))
@acting.output_option
@a_list
def form(
    who: Viewer,
    facility: str,
    edition: str,
    subject: str,
    vendor: str | None,
    kind: str,
    spoken: str | None,
    annex: bool,
    path: Path,
) -> None:
    """Write a checklist as the official form, a workbook, JSON or OSCAL."""
    found = _form(who, facility, _edition(edition, subject), vendor)
    language = Language(spoken) if spoken else words.language()
    path.write_bytes(form_files.write(found, kind, language, annex=annex))
    output.line(WRITTEN.fill(path=str(path)))


@checklist.command("import", help=words.say("記入した様式を取り込む", "Take a filled form back"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--prefer",
    type=click.Choice([p.value for p in Prefer]),
    help=words.say("双方で変更された項目の扱い", "Who wins where both sides changed"),
)
@acting.acts
@acting.json_option
def import_(who: Viewer, file: Path, prefer: str | None, json_wanted: bool) -> None:
    """Take back a form that was filled offline; nothing is recorded when any cell is wrong."""
    content = file.read_bytes()
    done = returning.take_back(
        who,
        facility=returning.head_of(content, file.name).facility,
        content=content,
        name=file.name,
        language=words.language(),
        prefer=Prefer(prefer) if prefer else None,
        now=acting.now(),
        today=acting.today(),
    )
    if json_wanted:
        output.as_json(
            {
                "file": file.name,
                "recorded": done.recorded,
                "unchanged": done.unchanged,
                "remarks": [remark.as_json() for remark in done.remarks],
            }
        )
        return
    output.line(CAME_BACK.fill(recorded=done.recorded, unchanged=done.unchanged))
    for remark in done.remarks:
        output.note(remark)


@checklist.command(help=words.say("前の版の回答を引き継ぐ", "Carry answers to another edition"))
@click.option("--to", "newer", required=True, help=words.say("引継ぎ先(例: fy2025)", "e.g. fy2025"))
@click.option("--accept", multiple=True, metavar="ITEM", help=words.say("引き継ぐ項目", "Item"))
@click.option("--accept-all", is_flag=True, help=words.say("候補をすべて引き継ぐ", "Accept all"))
@click.option("--on", "day", type=acting.DAY, help=words.say("確認日", "Date of the check"))
@a_list
@acting.json_option
def carry(
    who: Viewer,
    facility: str,
    edition: str,
    subject: str,
    vendor: str | None,
    newer: str,
    accept: tuple[str, ...],
    accept_all: bool,
    day: date | None,
    json_wanted: bool,
) -> None:
    """Show what each item may take from the older list; record what is accepted."""
    old, new = _edition(edition, subject), _edition(newer, subject)
    found = carrying.proposals(who, facility=facility, old=old, new=new, vendor=vendor)
    accepted = tuple(one.item for one in found if one.value) if accept_all else accept
    count = 0
    if accepted:
        count = carrying.carry(
            who,
            facility=facility,
            old=old,
            new=new,
            vendor=vendor,
            items=accepted,
            checked_on=day or acting.today(),
            language=words.language(),
            now=acting.now(),
            today=acting.today(),
        )
    if json_wanted:
        output.as_json(
            {
                "recorded": count,
                "items": [
                    {
                        "item": one.item,
                        "from": list(one.sources),
                        "value": one.value.value if one.value else None,
                        "reason": one.reason.as_json(),
                    }
                    for one in found
                ],
            }
        )
        return
    language = words.language()
    for one in found:
        value = REPLY_NAMES[one.value].say(language) if one.value else "-"
        output.line(f"{one.item}: {value}  {one.reason.say(language)}")
    if accepted:
        output.line(RECORDED.fill(count=count))


def _tell_gaps(who: Viewer, facility: str, edition: str, vendor: str | None) -> None:
    """Say what signing will still ask for."""
    form = _form(who, facility, edition, vendor)
    known = forms.circumstances(who, facility, vendor, form.as_of)
    titles = {name: control.title for name, control in form.controls.items()}
    lacking = answering.gaps(form.edition, form.states, known, titles)
    if lacking:
        output.line(LACKING.fill(count=len(lacking), first=lacking[0].reason))


def _form(who: Viewer, facility: str, edition: str, vendor: str | None) -> Form:
    """Put one checklist together."""
    return forms.form_of(
        who,
        facility=facility,
        edition=edition,
        vendor=vendor,
        now=acting.now(),
        today=acting.today(),
    )
