"""Checks about the ledger of apparatus: is it there, is it whole, is it looked after."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from mamori.core import inventory
from mamori.core.checking import Said, Verdict, check
from mamori.core.evidence import Evidence, Ledger
from mamori.core.ledger import COLUMN_NAMES, KIND_NAMES, Apparatus, Kind
from mamori.core.text import Text, listed, same

CONTROL = "ledger.kept"
# Ours, not the ministry's: with 99 of 100 rows whole a ledger counts as kept (the rest is listed).
ENOUGH = Fraction(99, 100)
# Ours: where apparatus lives about six years, thirty of them with nothing new for two years means
# that the ledger stopped, not the purchases.
QUIET_DAYS, MANY = 730, 30
REPORT_DAYS = 365


def _ledger(evidence: Evidence) -> Ledger:
    """Give the ledger; the engine has made sure that there is one."""
    return evidence.ledger or Ledger((), date.min)


EMPTY = Text("台帳に使用中の機器がありません。", "The ledger lists no apparatus under use.")
COVERS = Text(
    "台帳に使用中の機器が{total}台あります({kinds})。",
    "The ledger lists {total} apparatus under use ({kinds}).",
)
LACKS = Text(
    "台帳に使用中の{kinds}がありません(全{total}台)。",
    "The ledger lists no {kinds} under use (of {total} apparatus).",
)
LIST_THEM = Text(
    "医療情報システムで使う{kinds}を台帳に追加してください。",
    "Add the {kinds} used for healthcare information systems to the ledger.",
)
PERHAPS_NO_SERVER = Text(
    "サーバがあれば台帳に追加してください。電子カルテを動かしている端末も、サーバとして数えます。院内に"
    "ない場合は、この項目を「はい」と回答し、理由にその旨を記入してください。",
    "If there are servers, add them; a PC that runs the record application counts as one. If there "
    "are none on site, answer Yes and say so as the reason.",
)


def _kinds(kinds: tuple[Kind, ...]) -> Text:
    """Name kinds in one line."""
    return Text(
        "・".join(KIND_NAMES[k].ja for k in kinds),
        " or ".join(inventory.in_sentence(KIND_NAMES[k]).en for k in kinds),
    )


@check(
    "ledger.covers-all-kinds",
    control=CONTROL,
    needs=("ledger",),
    title=Text("台帳の対象範囲", "Ledger covers all kinds"),
)
def covers_all_kinds(evidence: Evidence, today: date) -> Said:  # noqa: ARG001 - one shape for all
    """The ledger lists servers, terminal PCs and network apparatus under use.

    A healthcare information system needs a terminal and a network, so without one of these the
    ledger is not whole; a facility without a server on site is possible, and so is unknown.
    """
    rows = inventory.in_service(_ledger(evidence))
    counts = {k: sum(a.kind is k for a in rows) for k in Kind}
    if not rows:
        settle = LIST_THEM.fill(kinds=_kinds(inventory.ASKED))
        return Said(Verdict.NOT_MET, EMPTY, settle=settle)
    missing = tuple(k for k in inventory.ASKED if not counts[k])
    reason = LACKS.fill(kinds=_kinds(missing), total=len(rows)) if missing else EMPTY
    if missing == (Kind.SERVER,):
        return Said(Verdict.UNKNOWN, reason, settle=PERHAPS_NO_SERVER)
    if missing:
        return Said(Verdict.NOT_MET, reason, settle=LIST_THEM.fill(kinds=_kinds(missing)))
    kinds = Text(
        "、".join(f"{KIND_NAMES[k].ja}{n}" for k, n in counts.items() if n),
        ", ".join(f"{inventory.in_sentence(KIND_NAMES[k]).en} {n}" for k, n in counts.items() if n),
    )
    return Said(Verdict.MET, COVERS.fill(total=len(rows), kinds=kinds))


@dataclass(frozen=True, slots=True)
class Required:
    """One thing the manual wants the ledger to hold, and when a row has it."""

    name: Text
    has: Callable[[Apparatus], bool]


# The manual, 2(1): "the location, users, software/service version, and so on"; location means the
# place where it stands and the network identification. Nobody logs in to network apparatus for
# work, so its user may stay empty (ours).
REQUIRED = (
    Required(COLUMN_NAMES["control_no"], lambda a: inventory.says(a.control_no)),
    Required(COLUMN_NAMES["location"], lambda a: inventory.says(a.location)),
    Required(
        Text("ネットワーク識別情報", "Network identification"),
        lambda a: any(map(inventory.says, (a.ip_address, a.mac_address, a.computer_name))),
    ),
    Required(
        COLUMN_NAMES["users"],
        lambda a: a.kind is Kind.NETWORK or any(map(inventory.says, a.users)),
    ),
    Required(
        Text("OS・ファームウェアまたはソフトウェア", "OS, firmware or software"),
        lambda a: inventory.says(a.os) or inventory.says(a.software),
    ),
)
WHOLE = Text(
    "{total}台中{good}台に、管理番号・設置場所・ネットワーク識別情報・利用者・OS等が記入されています。",
    "{good} of {total} apparatus have control number, location, network identification, users and "
    "OS filled in.",
)
GAPS = Text(
    "{total}台中{bad}台に未入力の項目があります({columns})。",
    "{bad} of {total} apparatus lack something ({columns}).",
)
FILL = Text(
    "該当する機器の未入力の欄を記入し、台帳を取り込み直してください。",
    "Fill in the empty cells of these apparatus and import the ledger again.",
)
NO_ROWS = Text(
    "台帳に確認の対象となる機器がありません。", "The ledger has nothing that could be looked at."
)


def _asked(evidence: Evidence) -> tuple[Apparatus, ...]:
    """Give the servers, terminals and network apparatus under use."""
    return inventory.in_service(_ledger(evidence), *inventory.ASKED)


def _share(rows: tuple[Apparatus, ...], bad: tuple[Apparatus, ...]) -> Verdict:
    """Met where enough of the rows are whole."""
    return Verdict.MET if Fraction(len(rows) - len(bad), len(rows)) >= ENOUGH else Verdict.NOT_MET


@check(
    "ledger.required-columns-filled",
    control=CONTROL,
    needs=("ledger",),
    title=Text("台帳の必須項目", "Required columns filled"),
    alone=False,
)
def required_columns_filled(evidence: Evidence, today: date) -> Said:  # noqa: ARG001
    """At least 99 of 100 apparatus under use have all that the manual asks for."""
    rows = _asked(evidence)
    if not rows:
        return Said(Verdict.UNKNOWN, NO_ROWS)
    bad = tuple(a for a in rows if not all(need.has(a) for need in REQUIRED))
    if not bad:
        return Said(Verdict.MET, WHOLE.fill(total=len(rows), good=len(rows)))
    lacking = [(need.name, sum(not need.has(a) for a in bad)) for need in REQUIRED]
    columns = Text(
        "、".join(f"{name.ja}{n}台" for name, n in lacking if n),
        ", ".join(f"{inventory.in_sentence(name).en}: {n}" for name, n in lacking if n),
    )
    gaps = GAPS.fill(total=len(rows), bad=len(bad), columns=columns)
    verdict = _share(rows, bad)
    if verdict is Verdict.MET:
        good = WHOLE.fill(total=len(rows), good=len(rows) - len(bad))
        gaps = Text(f"{good.ja}{gaps.ja}", f"{good.en} {gaps.en}")
    return Said(verdict, gaps, inventory.names_of(bad), FILL)


HAS_VERSION = re.compile(r"\d")
VERSIONS = Text(
    "{total}台中{good}台にソフトウェアまたはOSのバージョンが記入されています。",
    "{good} of {total} apparatus have the version of their software or OS filled in.",
)
NO_VERSION = Text(
    "{total}台中{bad}台でバージョンが未入力です。", "{bad} of {total} apparatus lack a version."
)
FILL_VERSION = Text(
    "画面の「バージョン情報」や保守事業者への照会で確認し、記入してください。",
    "Read it off the program's own version page or ask the maintenance vendor, and fill it in.",
)


def _has_version(one: Apparatus) -> bool:
    """Say whether a row names a version: its own column, or within the name of what runs on it.

    Where software is named, the version of the OS does not stand in for that of the software.
    """
    if inventory.says(one.software_version):
        return True
    return bool(HAS_VERSION.search(one.software if inventory.says(one.software) else one.os))


@check(
    "ledger.software-versions-present",
    control=CONTROL,
    needs=("ledger",),
    title=Text("ソフトウェアバージョンの記入", "Software versions present"),
    alone=False,
)
def software_versions_present(evidence: Evidence, today: date) -> Said:  # noqa: ARG001
    """At least 99 of 100 apparatus under use have the version of what runs on them."""
    rows = _asked(evidence)
    if not rows:
        return Said(Verdict.UNKNOWN, NO_ROWS)
    bad = tuple(a for a in rows if not _has_version(a))
    verdict = _share(rows, bad)
    if verdict is Verdict.MET:
        reason = VERSIONS.fill(total=len(rows), good=len(rows) - len(bad))
    else:
        reason = NO_VERSION.fill(total=len(rows), bad=len(bad))
    return Said(verdict, reason, inventory.names_of(bad), FILL_VERSION if bad else None)


FRESH = Text(
    "台帳は{day}時点のもので、最も新しい登録は{newest}です。",
    "The ledger is as of {day}; the newest entry was registered on {newest}.",
)
NO_DATES = Text(
    "登録日が1台も記入されていないため、更新されているか確認できません。",
    "No apparatus has a registration date, so it cannot be seen whether the ledger is kept up.",
)
QUIET = Text(
    "使用中の機器が{total}台ありますが、{newest}より後の登録がありません(2年以上)。",
    "There are {total} apparatus under use, but nothing was registered after {newest} "
    "(over two years).",
)
FUTURE = Text(
    "台帳の日付({day})が今日より後のため、確認できません。",
    "The date of the ledger ({day}) lies in the future, so nothing can be said.",
)
KEEP_UP = Text(
    "現物と照合し、新しく購入・廃棄した機器を反映して取り込み直してください。",
    "Compare the ledger with what is there, add and remove what changed, and import it again.",
)


@check(
    "ledger.not-stale",
    control=CONTROL,
    needs=("ledger",),
    title=Text("台帳の更新", "Ledger kept up to date"),
    alone=False,
)
def not_stale(evidence: Evidence, today: date) -> Said:
    """The ledger is kept up: looked at within the year, and its newest entry is not old.

    A ledger older than a year never comes here: the engine answers unknown for it.
    """
    ledger = _ledger(evidence)
    day = ledger.as_of.isoformat()
    if ledger.as_of > today:
        return Said(Verdict.UNKNOWN, FUTURE.fill(day=day), settle=KEEP_UP)
    rows = inventory.in_service(ledger)
    dates = [a.registered_on for a in rows if a.registered_on and a.registered_on <= today]
    if not dates:
        return Said(Verdict.UNKNOWN, NO_DATES, settle=KEEP_UP)
    newest = max(dates)
    if len(rows) >= MANY and newest < today - timedelta(days=QUIET_DAYS):
        reason = QUIET.fill(total=len(rows), newest=newest.isoformat())
        return Said(Verdict.NOT_MET, reason, settle=KEEP_UP)
    return Said(Verdict.MET, FRESH.fill(day=day, newest=newest.isoformat()))


UNIQUE = Text(
    "管理番号の重複はありません({total}台)。", "No control number is used twice ({total})."
)
TWICE = Text(
    "{count}件の管理番号が複数の機器に使われています({names})。",
    "{count} control numbers are used for more than one apparatus ({names}).",
)
RENUMBER = Text(
    "現物の管理ラベルを確かめ、機器ごとに別の番号を付けてください。",
    "Look at the labels on the apparatus and give each its own number.",
)


def _number(one: Apparatus) -> tuple[str, ...]:
    """Give the control number where there is one."""
    return (one.control_no.strip(),) if inventory.says(one.control_no) else ()


@check(
    "ledger.no-duplicate-control-number",
    control=CONTROL,
    needs=("ledger",),
    title=Text("管理番号の重複", "No duplicate control number"),
    alone=False,
)
def no_duplicate_control_number(evidence: Evidence, today: date) -> Said:  # noqa: ARG001
    """Every control number stands for one apparatus, spare and out-of-use ones too.

    An import leaves rows that share a number undecided: they count here, so that they are seen.
    """
    ledger = _ledger(evidence)
    rows = tuple(a for a in inventory.held(ledger) if _number(a))
    undecided = tuple(a for a in ledger.undecided if a.status in inventory.HELD)
    twice = inventory.repeated(rows, _number) | inventory.repeated(undecided, _number)
    if not rows and not twice:
        return Said(Verdict.UNKNOWN, NO_ROWS)
    if not twice:
        return Said(Verdict.MET, UNIQUE.fill(total=len(rows)))
    reason = TWICE.fill(count=len(twice), names=listed(tuple(twice)))
    return Said(Verdict.NOT_MET, reason, tuple(twice), RENUMBER)


# Words in the note or address cell that explain one address on two apparatus.
SHARED_ON_PURPOSE = re.compile(
    r"dhcp|別ネットワーク|別セグメント|閉域|冗長|クラスタ|仮想ip|vrrp|hsrp|vip\b|standby|cluster"
    r"|separate network",
    re.IGNORECASE,
)
ADDRESSES = Text(
    "IPアドレスの重複はありません({total}台。伏せ字・DHCP等の{left}台は数えていません)。",
    "No IP address is used twice ({total} apparatus; {left} masked, DHCP or empty ones left out).",
)
SAME_ADDRESS = Text(
    "{count}件のIPアドレスが複数の機器に記入されています({names})。",
    "{count} IP addresses stand at more than one apparatus ({names}).",
)
CORRECT_ADDRESS = Text(
    "どちらかの記入誤りであれば訂正してください。DHCPや別ネットワークの場合は備考欄にその旨を記入すると、"
    "重複として数えません。",
    "If one of them is a slip, correct it. If they use DHCP or stand in separate networks, say so "
    "in the explanation column: then they are not counted.",
)
NO_ADDRESSES = Text(
    "伏せ字でないIPアドレスが記入されていないため、重複を確認できません。",
    "No unmasked IP address is filled in, so duplicates cannot be seen.",
)


@check(
    "ledger.no-duplicate-address",
    control=CONTROL,
    needs=("ledger",),
    title=Text("IPアドレスの重複", "No duplicate address"),
    alone=False,
)
def no_duplicate_address(evidence: Evidence, today: date) -> Said:  # noqa: ARG001
    """No two apparatus under use have the same address, unless the ledger says why."""
    rows = inventory.in_service(_ledger(evidence))
    told = tuple(
        a
        for a in rows
        if inventory.addresses(a)
        and not SHARED_ON_PURPOSE.search(a.note)
        and not SHARED_ON_PURPOSE.search(a.ip_address)
    )
    if not rows or not any(inventory.addresses(a) for a in rows):
        # A ledger may mask every address; that is allowed, and says nothing either way.
        return Said(Verdict.NOT_APPLICABLE, NO_ADDRESSES)
    twice = inventory.repeated(told, inventory.addresses)
    if not twice:
        return Said(Verdict.MET, ADDRESSES.fill(total=len(told), left=len(rows) - len(told)))
    names = inventory.names_of(a for same_one in twice.values() for a in same_one)
    reason = SAME_ADDRESS.fill(count=len(twice), names=listed(tuple(twice)))
    return Said(Verdict.NOT_MET, reason, tuple(dict.fromkeys(names)), CORRECT_ADDRESS)


CONFIRMED = Text(
    "{day}に{by}が台帳の定期報告を確認しています。",
    "{by} confirmed the periodic report on the ledger on {day}.",
)
TOO_LONG_AGO = Text(
    "経営層が台帳の定期報告を最後に確認したのは{day}で、1年以上前です。",
    "Management last confirmed a periodic report on the ledger on {day}, over a year ago.",
)
WAITING = Text(
    "{day}作成の定期報告を、経営層がまだ確認していません。",
    "The periodic report of {day} has not been confirmed by management.",
)
NEVER = Text(
    "経営層への台帳の定期報告の記録がありません。",
    "There is no record of a periodic report on the ledger to management.",
)
REPORT = Text(
    "台帳の管理状況の報告書を作成し、経営層の確認を受けてください。",
    "Make the report on the state of the ledger and have management confirm it.",
)
MANAGEMENT = Text("経営層", "Management")


@check(
    "ledger.reported-to-management",
    control=CONTROL,
    needs=("reports",),
    title=Text("台帳の経営層への報告", "Ledger reported to management"),
    alone=False,
)
def reported_to_management(evidence: Evidence, today: date) -> Said:
    """Management confirmed a periodic report on the ledger within a year."""
    made = [r for r in (evidence.reports.rows if evidence.reports else ()) if r.made_on <= today]
    done = [
        (r.confirmed_on, r.confirmed_by) for r in made if r.confirmed_on and r.confirmed_on <= today
    ]
    if not made:
        return Said(Verdict.NOT_MET, NEVER, settle=REPORT)
    last, by = max(done, default=(None, ""))
    if last and (today - last).days <= REPORT_DAYS:
        who = same(by) if by else MANAGEMENT
        return Said(Verdict.MET, CONFIRMED.fill(day=last.isoformat(), by=who))
    newest = max(made, key=lambda r: r.made_on)
    if newest.confirmed_on is None:
        return Said(Verdict.NOT_MET, WAITING.fill(day=newest.made_on.isoformat()), settle=REPORT)
    day = last.isoformat() if last else newest.made_on.isoformat()
    return Said(Verdict.NOT_MET, TOO_LONG_AGO.fill(day=day), settle=REPORT)
