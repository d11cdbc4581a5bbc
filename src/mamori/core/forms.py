"""A filled form: all that an exporter needs to print one checklist, as plain data.

And what comes back when a form was filled elsewhere: its head, its cells, and what was noticed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from mamori.core import edition_toml
from mamori.core.checking import Finding
from mamori.core.checklists import EMPTY, Answer, Applies, Basis, ItemState, Reply, State
from mamori.core.editions import Control, Edition
from mamori.core.text import Text
from mamori.core.viewer import Refused


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation on a form: its code and its names (English may be empty)."""

    code: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, when, and the digest of what was signed."""

    by: str
    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Form:
    """One checklist of one facility (and, for vendor lists, of one vendor) as it stands.

    `applies`, `states` and `suggested` are keyed by item key; an item without a state has empty
    cells. `made_at` is when the form was written out.
    """

    edition: Edition
    facility: Party
    vendor: Party | None
    state: State
    revision: int
    states: Mapping[str, ItemState]
    applies: Mapping[str, Applies]
    suggested: Mapping[str, Reply | None]
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    controls: Mapping[str, Control]
    made_at: datetime
    as_of: date
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class FormHead:
    """What a returned file says it is, before any of its answers are read."""

    edition: str
    edition_revision: int
    edition_digest: str
    facility: str
    vendor: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """The cells of one item as they came back in a file.

    `before`: what stood there when the file was written out, as the file itself remembers it.
    """

    item: str
    state: ItemState
    before: ItemState | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something read from a file that a person should know of, with the cell it stands in."""

    item: str
    cell: str
    said: Text


@dataclass(frozen=True, slots=True)
class ReturnedForm:
    """A form that was filled elsewhere and came back, as read from its file.

    `revision` is the revision of the checklist when the form was written out, `remarks` what was
    read with some judgement (a year that was not written, a basis that no longer holds).
    """

    edition: str
    edition_revision: int
    facility: str
    vendor: str | None
    items: tuple[ReturnedItem, ...]
    revision: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def states(self) -> dict[str, ItemState]:
        """Give the filled cells by item key; items without any answer are left out."""
        return {i.item: i.state for i in self.items if i.state != EMPTY}


class BadForm(Refused):
    """A returned file cannot be taken as it is; every fault is named, the first ten in the message.

    Each fault names the file and, where there is one, the sheet and the cell.
    """

    def __init__(self, faults: tuple[Text, ...]) -> None:
        """Keep every fault; at least one."""
        shown, more = faults[:10], len(faults) - 10
        ja = "\n".join(f.ja for f in shown) + (f"\nほか{more}件" if more > 0 else "")
        en = "\n".join(f.en for f in shown) + (f"\nand {more} more" if more > 0 else "")
        super().__init__(Text(ja, en))
        self.faults = faults


BASIS_NAMES: dict[Basis, Text] = {
    Basis.EVIDENCE: Text("証跡", "Evidence"),
    Basis.ATTESTATION: Text("申告", "Attestation"),
}
OTHER_EDITION = Text(
    "{name}: この様式は{found}のものです。{wanted}の様式を選んでください。",
    "{name}: this form belongs to {found}; choose a form of {wanted}.",
)
OTHER_CONTENT = Text(
    "{name}: 様式の版({wanted})の内容が、書き出したときと異なります。"
    "様式を書き出し直してください。",
    "{name}: the edition ({wanted}) is not the one the form was made from; write it out again.",
)
OTHER_PARTY = Text(
    "{name}: この様式は「{found}」のものです。「{wanted}」の様式を選んでください。",
    '{name}: this form belongs to "{found}"; choose the form of "{wanted}".',
)


def head_of(form: Form) -> FormHead:
    """Give the head that a form carries in its files."""
    return FormHead(
        edition=form.edition.id,
        edition_revision=form.edition.revision,
        edition_digest=edition_toml.digest(form.edition),
        facility=form.facility.code,
        vendor=form.vendor.code if form.vendor else None,
        revision=form.revision,
    )


def check_belongs(
    head: FormHead, name: str, edition: Edition, *, facility: str | None, vendor: str | None
) -> None:
    """Refuse a file of another edition or party; where a code is None, any is accepted."""
    wanted = f"{edition.id} r{edition.revision}"
    found = f"{head.edition} r{head.edition_revision}"
    if found != wanted:
        raise BadForm((OTHER_EDITION.fill(name=name, found=found, wanted=wanted),))
    if head.edition_digest != edition_toml.digest(edition):
        raise BadForm((OTHER_CONTENT.fill(name=name, wanted=wanted),))
    for has, asked in ((head.facility, facility), (head.vendor, vendor)):
        if asked is not None and has != asked:
            raise BadForm((OTHER_PARTY.fill(name=name, found=has or "—", wanted=asked),))


def person_says(before: ItemState, after: ItemState) -> ItemState:
    """Make the word of whoever filled a file an attestation wherever it differs from what stood.

    A file cannot make evidence: only an answer that is unchanged keeps the basis it had.
    """
    state = after
    if (after.first, after.first_on) != (before.first, before.first_on):
        state = replace(state, first_basis=_word(after.first), first_as_of=None)
    if (after.second, after.second_on) != (before.second, before.second_on):
        state = replace(state, second_basis=_word(after.second), second_as_of=None)
    return state


def _word(reply: Reply | None) -> Basis | None:
    """Give the basis of an answer that a person wrote, none where there is no answer."""
    return None if reply is None else Basis.ATTESTATION
