"""Forms to print: a small edition of our own with every kind of cell, and made-up hospitals."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mamori.core.answering import applies
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import Answer, Basis, Circumstances, ItemState, Reply, State, Turn
from mamori.core.editions import (
    ALL_CELLS,
    APPARATUS,
    PRESENCE,
    Cell,
    Condition,
    Control,
    Edition,
    Item,
    Level,
    Scope,
    Section,
    Subject,
)
from mamori.core.forms import Form, Party, Signature
from mamori.core.text import Text

MADE = datetime(2023, 12, 1, 0, 30, tzinfo=UTC)
HOSPITAL = Party("demo", "見本総合病院", "Mihon General Hospital")
VENDOR = Party("denshi", "電子カルテ株式会社", "Denshi Karte K.K.")
YES, NO = Reply.YES, Reply.NO
EVIDENCE, WORD = Basis.EVIDENCE, Basis.ATTESTATION


def item(code, scopes, ja, en, control, **more):
    """One item of the small edition."""
    given = {
        "due_year": 2023,
        "level": Level.MANDATORY,
        "cells": ALL_CELLS,
        "section": code[0],
    } | more
    return Item(code=code, scopes=scopes, text=Text(ja, en), control=control, **given)


SERVER, TERMINAL, NETWORK = ((scope,) for scope in APPARATUS)
REFERENCE = {"due_year": 2024, "level": Level.REFERENCE}
ITEMS = (
    item(
        PRESENCE,
        (),
        "医療情報システムを導入し、運用している。",
        "A healthcare information system is in use.",
        "presence",
        cells=(Cell.FIRST,),
        section="presence",
    ),
    item(
        "1(1)",
        (Scope.ORGANISATION,),
        "医療情報システム安全管理責任者を置いている。",
        "A safety administrator has been appointed.",
        "administrator",
    ),
    item(
        "2(1)",
        APPARATUS,
        "サーバ、端末PC、ネットワーク機器を台帳で管理している。",
        "Servers, terminal PCs and network apparatus are kept in a ledger.",
        "ledger",
    ),
    item(
        "2(2)",
        APPARATUS,
        "遠隔保守を利用している機器の有無を事業者に確かめた。",
        "The vendor was asked which apparatus is remotely maintained.",
        "remote",
        conditions=(Condition.NEEDS_VENDOR,),
    ),
    item("2(7)", NETWORK, "最新の修正を適用している。", "Security patches are applied.", "patches"),
    item(
        "3(1)",
        (Scope.INCIDENT,),
        "連絡体制図を備えている。",
        "A contact chart is kept.",
        "contacts",
        cells=(Cell.FIRST,),
    ),
    item(
        "2(7)",
        SERVER,
        "最新の修正を適用している。",
        "Security patches are applied.",
        "patches",
        **REFERENCE,
    ),
    item(
        "2(7)",
        TERMINAL,
        "最新の修正を適用している。",
        "Security patches are applied.",
        "patches",
        **REFERENCE,
    ),
)
EDITION = Edition(
    id="small-fy2023",
    revision=1,
    fiscal_year=2023,
    subject=Subject.FACILITY,
    valid_from=date(2023, 4, 1),
    valid_to=date(2024, 3, 31),
    name=Text("見本の版", "Sample edition"),
    source=Text("試験用", "For tests"),
    verified=True,
    sections=(
        Section("1", Text("1 体制", "1 Organisation")),
        Section("2", Text("2 管理・運用", "2 Management and operation")),
        Section("3", Text("3 事案への備え", "3 Preparation for incidents")),
    ),
    items=ITEMS,
    headings={
        "all": Text("システム全般について、次を実施している。", "For the system in general:"),
        "server": Text("サーバについて、次を実施している。", "For servers:"),
        "terminal": Text("端末PCについて、次を実施している。", "For terminal PCs:"),
        "network": Text("ネットワーク機器について、次を実施している。", "For network apparatus:"),
    },
)
CONTROLS = {
    name: Control(
        name,
        Text(f"{name}の題", f"Title of {name}"),
        Text("説明です。", "An explanation."),
        Text("根拠があるときに「はい」です。", "Yes when there is proof."),
        (Text("まず調べます。", "Look first."), Text("次に直します。", "Then mend.")),
    )
    for name in dict.fromkeys(i.control for i in ITEMS)
}
FIRST_CHECK = {
    PRESENCE: ItemState(YES, date(2023, 9, 12), first_basis=WORD),
    "1(1)/organisation": ItemState(
        YES, date(2023, 9, 12), first_basis=EVIDENCE, first_as_of=date(2023, 9, 1)
    ),
    "2(1)/all": ItemState(
        NO,
        date(2023, 9, 12),
        date(2024, 1, 31),
        first_basis=WORD,
        first_reason="端末PCの一部が未記載",
    ),
    "2(2)/all": ItemState(YES, date(2023, 10, 3), first_basis=WORD, first_reason="事業者に確認"),
    "3(1)/incident": ItemState(NO, date(2023, 9, 12), first_basis=WORD),
}
BOTH_CHECKS = FIRST_CHECK | {
    "2(1)/all": replace(
        FIRST_CHECK["2(1)/all"],
        second=YES,
        second_on=date(2024, 2, 1),
        second_basis=EVIDENCE,
        second_as_of=date(2024, 1, 30),
    ),
    "2(7)/network": ItemState(
        YES, date(2023, 9, 12), None, YES, date(2024, 2, 1), WORD, WORD, "", "再確認"
    ),
}
FINDINGS = (
    Finding(
        "ledger.covers-all-kinds",
        "ledger",
        (),
        Verdict.NOT_MET,
        Text("台帳に端末PCの記載がありません。", "The ledger lists no terminal PC."),
        date(2023, 9, 1),
        tuple(f"PC-{n:03d}" for n in range(1, 46)),
        Text("端末PCを台帳に加えます。", "Add the terminal PCs to the ledger."),
    ),
    Finding(
        "patches.servers",
        "patches",
        SERVER,
        Verdict.UNKNOWN,
        Text("確認できません。", "This cannot be said."),
        None,
    ),
    Finding(
        "organisation.administrator",
        "administrator",
        (),
        Verdict.MET,
        Text("任命の記録があります。", "An appointment is on record."),
        date(2023, 9, 1),
        ("佐藤 花子",),
    ),
)
ANSWERS = (
    Answer(
        "2(1)/all", Turn.FIRST, YES, date(2023, 9, 11), None, WORD, "", "suzuki", MADE, revision=1
    ),
    Answer(
        "2(1)/all",
        Turn.FIRST,
        NO,
        date(2023, 9, 12),
        date(2024, 1, 31),
        WORD,
        "端末PCの一部が未記載",
        "suzuki",
        MADE,
        revision=1,
    ),
    Answer(
        "1(1)/organisation",
        Turn.FIRST,
        YES,
        date(2023, 9, 12),
        None,
        EVIDENCE,
        "",
        "sato",
        MADE,
        revision=1,
        as_of=date(2023, 9, 1),
        findings=("organisation.administrator",),
    ),
)
SIGNATURE = Signature("佐藤 花子", datetime(2023, 9, 30, 1, 5, tzinfo=UTC), "0123456789abcdef" * 4)


def form(
    states=None, *, edition=EDITION, facility=HOSPITAL, vendor=None, has_vendor=True, signed=True
):
    """A form with these cells; exemptions follow from the rules."""
    states = FIRST_CHECK if states is None else states
    return Form(
        edition=edition,
        facility=facility,
        vendor=vendor,
        state=State.SIGNED if signed else State.OPEN,
        revision=2,
        states=states,
        applies=applies(edition, states, Circumstances(has_contracted_vendor=has_vendor)),
        suggested={"1(1)/organisation": YES, "2(1)/all": NO},
        findings=FINDINGS,
        answers=ANSWERS,
        controls=CONTROLS,
        made_at=MADE,
        as_of=date(2023, 12, 1),
        signature=SIGNATURE if signed else None,
    )


def vendor_edition():
    """The same edition as a vendor's list: no presence row, no incident section."""
    kept = tuple(i for i in ITEMS if i.section in "12" and i.code not in (PRESENCE, "2(1)"))
    kept = tuple(replace(i, conditions=()) for i in kept)
    return replace(EDITION, id="small-vendor-fy2023", subject=Subject.VENDOR, items=kept)


LONG = Party(
    "long",
    "独立行政法人見本県立広域医療センター附属総合母子周産期救命救急がん循環器呼吸器脳神経統合病院西館東館南館北館本館別館",
)
LONG_VENDOR = Party(
    "long-vendor",
    "株式会社見本メディカルインフォメーションシステムズアンドネットワークソリューションズ東日本カンパニー第二営業本部",
)
RARE = Party("rare", "𠮷田髙橋﨑山病院😀", "Yoshida 𠮷 Hospital")
TRICKY = Party("tricky", '#set page(fill: red) *bold* $x$ "quoted" \\ #sys.inputs </script> = head')
assert len(LONG.name) >= 58
