"""Checks about apparatus that can no longer be patched."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from mamori.core import inventory, lifecycles
from mamori.core.checking import Said, Verdict, check
from mamori.core.editions import SCOPE_NAMES, Scope
from mamori.core.evidence import Evidence
from mamori.core.ledger import Kind
from mamori.core.lifecycles import Support
from mamori.core.text import Text

KIND_OF = {
    Scope.SERVER: Kind.SERVER,
    Scope.TERMINAL: Kind.TERMINAL,
    Scope.NETWORK: Kind.NETWORK,
}
TITLE = Text("サポートが終了したOS({scope})", "OS past end of support ({scope})")
NONE_HERE = Text(
    "台帳に使用中の{scope}がありません。", "The ledger lists none of these under use: {scope}."
)
ALL_SUPPORTED = Text(
    "使用中の{scope}{total}台はすべて、OS等がサポート期間内です。",
    "The OS or firmware of all {total} under use is still supported ({scope}).",
)
SOME_PAST = Text(
    "使用中の{scope}{total}台中{bad}台で、OS等のサポートが終了しています({names})。",
    "{bad} of {total} under use run an OS or firmware past its end of support ({scope}: {names}).",
)
CANNOT_SAY = Text(
    "使用中の{scope}{total}台中{open}台で、サポート期間内か台帳の記載から判断できません({names})。",
    "For {open} of {total} under use the ledger does not tell whether the OS or firmware is still "
    "supported ({scope}: {names}).",
)
AND_OPEN = Text("ほかに{count}台は判断できません。", "{count} more cannot be judged.")
REPLACE = Text(
    "更新・入替を計画し、それまではネットワークからの分離などを事業者と相談してください。有償の延長更新を"
    "契約している場合は、OS欄に「ESU」などと記入してください。",
    "Plan to update or replace them, and ask the vendor how to separate them until then. Where "
    "extended updates were bought, write so (ESU, ELS) in the OS column.",
)
REPLACE_NETWORK = Text(
    "保守事業者にファームウェアの更新または機器の入替を依頼し、それまでは外部からの接続を必要最小限に"
    "してください。更新後は、侵入の形跡の確認とパスワードの変更も行ってください。",
    "Ask the maintenance vendor to update the firmware or replace the box, and keep connections "
    "from outside to the least until then. Afterwards, look for signs of entry and change the "
    "passwords.",
)
SAY_MORE = Text(
    "OS欄に、版とエディション(例: Windows 11 Pro 25H2、Windows 10 Enterprise LTSC 2021)や"
    "ファームウェアのバージョンまで記入してください。表にない製品は、事業者にサポート期限を確認してください。",
    "Write release and edition in the OS column (Windows 11 Pro 25H2, Windows 10 Enterprise LTSC "
    "2021), or the version of the firmware. For products not in the table, ask the vendor.",
)


def _counted(names: list[Text]) -> Text:
    """Name the most frequent first, each with its number."""
    shown = Counter(names).most_common(4)
    more = len(set(names)) - len(shown)
    ja = "、".join(f"{name.ja} {n}台" for name, n in shown) + (f" ほか{more}種" if more else "")
    en = ", ".join(f"{name.en}: {n}" for name, n in shown) + (f" and {more} more" if more else "")
    return Text(ja, en)


def _no_os_past_support(scope: Scope, evidence: Evidence, today: date) -> Said:
    """Judge every apparatus of one kind under use."""
    name = inventory.in_sentence(SCOPE_NAMES[scope])
    table, ledger = evidence.lifecycles, evidence.ledger
    if table is None or ledger is None:
        return Said(Verdict.UNKNOWN, NONE_HERE.fill(scope=name))
    rows = inventory.in_service(ledger, KIND_OF[scope])
    if not rows:
        return Said(Verdict.NOT_APPLICABLE, NONE_HERE.fill(scope=name))
    answers = lifecycles.judge_all(rows, table, today)
    past = [(a, j) for a, j in answers if j.support is Support.PAST]
    unsure = [(a, j) for a, j in answers if j.support not in (Support.PAST, Support.SUPPORTED)]
    if past:
        return Said(
            Verdict.NOT_MET,
            _some_past(name, len(rows), [j.name for _, j in past], len(unsure)),
            inventory.names_of(a for a, _ in past),
            REPLACE_NETWORK if scope is Scope.NETWORK else REPLACE,
        )
    if unsure:
        reason = CANNOT_SAY.fill(
            scope=name,
            total=len(rows),
            open=len(unsure),
            names=_counted([lifecycles.label(a, j) for a, j in unsure]),
        )
        return Said(Verdict.UNKNOWN, reason, inventory.names_of(a for a, _ in unsure), SAY_MORE)
    return Said(Verdict.MET, ALL_SUPPORTED.fill(scope=name, total=len(rows)))


def _some_past(scope: Text, total: int, names: list[Text], unsure: int) -> Text:
    """Say how many are past support, which, and how many could not be judged."""
    said = SOME_PAST.fill(scope=scope, total=total, bad=len(names), names=_counted(names))
    if not unsure:
        return said
    more = AND_OPEN.fill(count=unsure)
    return Text(f"{said.ja}{more.ja}", f"{said.en} {more.en}")


def _for(scope: Scope) -> Callable[[Evidence, date], Said]:
    """Make the check of one kind."""

    def no_os_past_support(evidence: Evidence, today: date) -> Said:
        """No apparatus of this kind under use runs an OS its maker no longer mends."""
        return _no_os_past_support(scope, evidence, today)

    return no_os_past_support


for _scope in KIND_OF:
    check(
        f"vulnerabilities.no-os-past-support.{_scope.value}",
        control="vulnerabilities.patches-applied",
        needs=("ledger", "lifecycles"),
        title=TITLE.fill(scope=SCOPE_NAMES[_scope]),
        scopes=(_scope,),
        alone=False,
    )(_for(_scope))
