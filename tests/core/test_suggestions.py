"""What evidence suggests: a truth table, and that unknown is never Yes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mamori.core import suggestions
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import Reply
from mamori.core.editions import ALL_CELLS, APPARATUS, Item, Level, Scope
from mamori.core.text import same

MET, NOT, UNKNOWN, NONE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.UNKNOWN,
    Verdict.NOT_APPLICABLE,
)
S, T, N = (Scope.SERVER,), (Scope.TERMINAL,), (Scope.NETWORK,)
DAY = date(2026, 11, 21)


def item(scopes=APPARATUS, control="c"):
    return Item("2(1)", scopes, 2026, Level.MANDATORY, same("x"), control, ALL_CELLS, "2")


def finding(verdict, *, alone=True, scopes=(), control="c", name="k", day=DAY):
    return Finding(
        name, control, scopes, verdict, same(f"{name}-{verdict.value}"), day, alone=alone
    )


CASES = [
    ("nothing was gathered", (), None),
    ("it speaks of another control", (finding(MET, control="d"),), None),
    ("met, and may speak alone", (finding(MET),), Reply.YES),
    ("met, but may not speak alone", (finding(MET, alone=False),), None),
    ("one of each", (finding(MET), finding(MET, alone=False)), Reply.YES),
    ("not met", (finding(NOT),), Reply.NO),
    ("not met, though it may not speak alone", (finding(NOT, alone=False), finding(MET)), Reply.NO),
    ("unknown", (finding(UNKNOWN),), None),
    ("unknown beside met", (finding(UNKNOWN, alone=False), finding(MET)), None),
    ("unknown beside not met", (finding(UNKNOWN), finding(NOT)), Reply.NO),
    ("only not applicable", (finding(NONE),), None),
    ("not applicable beside met", (finding(NONE), finding(MET)), Reply.YES),
    ("one kind of three", (finding(MET, scopes=S),), None),
    ("two kinds of three", (finding(MET, scopes=S), finding(MET, scopes=T)), None),
    ("every kind", tuple(finding(MET, scopes=k) for k in (S, T, N)), Reply.YES),
    ("one finding about every kind", (finding(MET, scopes=APPARATUS),), Reply.YES),
    (
        "every kind there is",
        (finding(MET, scopes=S), finding(MET, scopes=T), finding(NONE, scopes=N)),
        Reply.YES,
    ),
    (
        "one kind met alone, one not alone",
        (finding(MET, scopes=S), finding(MET, alone=False)),
        None,
    ),
    ("one kind not met", (finding(MET, scopes=S), finding(NOT, scopes=N)), Reply.NO),
]


@pytest.mark.parametrize(
    ("findings", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_truth_table(findings, expected):
    assert suggestions.suggest(item(), findings).value is expected


def test_a_finding_about_servers_says_nothing_about_a_terminal_item():
    findings = (finding(NOT, scopes=S), finding(MET, scopes=T))
    assert suggestions.suggest(item(T), findings).value is Reply.YES
    assert suggestions.suggest(item(S), findings).value is Reply.NO
    assert suggestions.suggest(item(()), findings).value is None


def test_the_date_is_that_of_the_oldest_facts():
    findings = (finding(MET, day=DAY), finding(MET, day=date(2026, 1, 5)), finding(NONE, day=None))
    assert suggestions.suggest(item(), findings).as_of == date(2026, 1, 5)


def test_the_reason_says_why_and_how_many_more():
    assert suggestions.suggest(item(), ()).reason == suggestions.NOTHING_GATHERED
    two = (finding(NOT, name="a"), finding(NOT, name="b"))
    said = suggestions.suggest(item(), two)
    assert said.reason.en == "a-not_met (checks that say the same: 1 more)"
    assert said.findings == ("a", "b")
    bare = suggestions.suggest(item(), (finding(MET, scopes=S),)).reason
    assert bare.ja == "端末PC、ネットワーク機器について、「はい」と言える情報がありません。"


findings_strategy = st.lists(
    st.builds(
        finding,
        st.sampled_from(Verdict),
        alone=st.booleans(),
        scopes=st.sampled_from([(), S, T, N, APPARATUS]),
    ),
    max_size=6,
).map(tuple)


@given(findings_strategy)
def test_unknown_is_never_yes_and_every_not_met_is_no(found):
    value = suggestions.suggest(item(), found).value
    verdicts = {f.verdict for f in found}
    if NOT in verdicts:
        assert value is Reply.NO
    elif UNKNOWN in verdicts:
        assert value is None
    if value is Reply.YES:
        assert MET in verdicts


@given(findings_strategy, st.randoms())
def test_the_order_of_findings_changes_no_answer(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert (
        suggestions.suggest(item(), tuple(mixed)).value is suggestions.suggest(item(), found).value
    )
