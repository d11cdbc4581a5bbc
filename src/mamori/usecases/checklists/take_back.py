"""Take back a form that was filled elsewhere, with the same end state as if answered here."""

from dataclasses import dataclass
from datetime import date, datetime
from types import ModuleType

from mamori.core import answering, returning, suggestions
from mamori.core.checking import Finding
from mamori.core.checklists import Basis
from mamori.core.difference import Prefer
from mamori.core.editions import Item
from mamori.core.forms import FormHead, ReturnedForm
from mamori.core.permissions import Action, check_may_list
from mamori.core.returning import Claim
from mamori.core.text import Language, Text
from mamori.core.text import listed as listed_names
from mamori.core.viewer import NotPossible, Viewer
from mamori.importers import form_json, form_xlsx
from mamori.store.queries import checklists
from mamori.store.queries.checklists import Listed
from mamori.usecases.checklists import answer as answering_usecase
from mamori.usecases.checklists import form
from mamori.usecases.checklists.answer import Given
from mamori.usecases.recorded import recorded

CHANGED_SINCE = Text(
    "{name}: 様式を書き出した後に、次の項目の回答がこちらでも変更されています: {items}。"
    "様式を書き出し直すか、どちらを採るかを --prefer で指定してください。",
    "{name}: these items were also changed here after the form was written out: {items}. "
    "Write the form out again, or say with --prefer which side holds.",
)
AHEAD = Text(
    "{name}: この様式は改訂{theirs}で作られたとされていますが、チェックリストは改訂{ours}です。"
    "様式を書き出し直してください。",
    "{name}: this form says it was made at revision {theirs}, but the list is at revision {ours}: "
    "write the form out again.",
)
NOT_PROVEN = Text(
    "{item}: ファイルは確認結果に基づくとしていますが、現在の確認結果と一致しないため、"
    "申告として記録しました。",
    "{item}: the file says it rests on evidence, but today's findings do not say so; "
    "it was recorded as a declaration.",
)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many answers were recorded, how many items were already the same, and remarks."""

    recorded: int
    unchanged: int
    remarks: tuple[Text, ...]


def head_of(content: bytes, name: str) -> FormHead:
    """Say whose form a file is; a Refused names the file where it is none."""
    found: FormHead = _format(content).head(content, name)
    return found


@recorded("checklist.import")
def take_back(
    viewer: Viewer,
    *,
    facility: str,
    content: bytes,
    name: str,
    language: Language,
    prefer: Prefer | None = None,
    now: datetime,
    today: date,
) -> TakenBack:
    """Record what a returned file says where it differs from what stands; all or nothing.

    A claim of evidence is kept only where the facility's own findings agree with it. What was
    answered here since the form was written out is not undone by it; `prefer` decides where both
    sides changed the same check.
    Errors: BadForm and BadFile name the cells, NotAllowed, NotPossible, BrokenRules.
    """
    head = head_of(content, name)
    check_may_list(viewer, Action.ANSWER, facility, head.vendor)
    listed = checklists.checklist(viewer, facility, head.edition, head.vendor)
    returned: ReturnedForm = _format(content).read(
        content, name, listed.edition, facility=facility, vendor=head.vendor
    )
    if returned.revision > listed.revision:
        raise NotPossible(AHEAD.fill(name=name, theirs=returned.revision, ours=listed.revision))
    found = form.visible_findings(viewer, facility, returned.vendor)
    standing = answering.states_of(listed.answers)
    blank = returning.TAKEN_BACK.say(language)
    wanted = returning.compare(standing, returned, blank=blank, prefer=prefer)
    if wanted.clashes:
        raise NotPossible(CHANGED_SINCE.fill(name=name, items=listed_names(wanted.clashes)))
    given, unproven = _given(wanted.claims, listed, found)
    remarks = [*(remark.said for remark in returned.remarks), *unproven]
    if given:
        answering_usecase.answer(
            viewer,
            facility=facility,
            edition=returned.edition,
            vendor=returned.vendor,
            given=given,
            language=language,
            now=now,
            today=today,
        )
    touched = {one.item for one in given}
    return TakenBack(len(given), len(returned.items) - len(touched), tuple(remarks))


def _given(
    claims: tuple[Claim, ...], listed: Listed, found: tuple[Finding, ...]
) -> tuple[tuple[Given, ...], list[Text]]:
    """Turn claims into answers; say which claims of evidence today's findings do not carry."""
    given, unproven = [], []
    for claim in claims:
        item = listed.edition.item(answering_usecase.key_of(listed, claim.item))
        proven = _is_proven(claim, item, found)
        if claim.basis is Basis.EVIDENCE and not proven:
            unproven.append(NOT_PROVEN.fill(item=claim.item))
        given.append(
            Given(
                item=claim.item,
                turn=claim.turn,
                value=claim.value,
                checked_on=claim.checked_on,
                target_on=claim.target_on,
                reason=claim.reason,
                on_evidence=proven,
            )
        )
    return tuple(given), unproven


def _format(content: bytes) -> ModuleType:
    """Tell the two kinds of files apart by what they begin with."""
    return form_json if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else form_xlsx


def _is_proven(claim: Claim, item: Item, found: tuple[Finding, ...]) -> bool:
    """Say whether the facility's own findings carry a claim of evidence, as of the same day."""
    if claim.basis is not Basis.EVIDENCE or claim.value is None:
        return False
    hint = suggestions.suggest(item, found)
    return hint.value is claim.value and hint.as_of == claim.as_of
