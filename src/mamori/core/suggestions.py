"""What evidence suggests for an item: Yes, No, or nothing yet; a person always has the last word.

One Not met makes it No. Anything unknown leaves it open. Yes needs a Met that may speak alone, for
every kind of apparatus the item is about.
"""

from dataclasses import dataclass
from datetime import date

from mamori.core import inventory
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import Reply
from mamori.core.editions import SCOPE_NAMES, Item, Scope
from mamori.core.text import Text, listed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested answer (None: none), the oldest date of its facts, the checks behind it, why."""

    value: Reply | None
    as_of: date | None
    findings: tuple[str, ...]
    reason: Text


NOTHING_GATHERED = Text(
    "この項目を確かめる情報はまだ収集されていません。お手元の記録に基づいて回答してください。",
    "No check gathers evidence for this item yet; answer from your own records.",
)
NOT_APPLICABLE = Text(
    "確認の対象となる機器がありません。お手元の記録に基づいて回答してください。",
    "There is nothing here for the checks to look at; answer from your own records.",
)
NOT_ALONE = Text(
    "問題は見つかりませんでしたが、この確認だけでは「はい」とは言えません。{first}",
    "Nothing speaks against it, but these checks alone do not make it Yes. {first}",
)
NOT_COVERED = Text(
    "{scopes}について、「はい」と言える情報がありません。",
    "There is no evidence that would make it Yes for: {scopes}.",
)
MORE = Text(
    "{first}(同じ判定の確認がほかに{count}件)", "{first} (checks that say the same: {count} more)"
)


def suggest(item: Item, findings: tuple[Finding, ...]) -> Suggestion:
    """Suggest an answer to an item from the findings about its control."""
    about = tuple(f for f in findings if f.control == item.control and _concerns(f, item))
    if not about:
        return Suggestion(None, None, (), NOTHING_GATHERED)
    refused = _of(about, Verdict.NOT_MET)
    if refused:
        return _made(Reply.NO, refused, _all(refused))
    unknown = _of(about, Verdict.UNKNOWN)
    if unknown:
        return _made(None, unknown, _all(unknown))
    met = _of(about, Verdict.MET)
    if not met:
        return _made(None, about, NOT_APPLICABLE)
    enough = tuple(f for f in met if f.alone)
    if not enough:
        return _made(None, met, NOT_ALONE.fill(first=_all(met)))
    bare = _bare(item, enough, about)
    if bare:
        names = tuple(SCOPE_NAMES[scope] for scope in bare)
        english = tuple(inventory.in_sentence(name).en for name in names)
        scopes = Text(listed(tuple(n.ja for n in names)).ja, listed(english).en)
        return _made(None, met, NOT_COVERED.fill(scopes=scopes))
    return _made(Reply.YES, enough + tuple(f for f in met if not f.alone), _all(enough))


def about(item: Item, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give the findings that speak about an item, those against it first."""
    order = (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET, Verdict.NOT_APPLICABLE)
    found = [f for f in findings if f.control == item.control and _concerns(f, item)]
    return tuple(sorted(found, key=lambda f: (order.index(f.verdict), not f.alone, f.check)))


def _concerns(finding: Finding, item: Item) -> bool:
    """Say whether a finding is about the kinds of apparatus an item is about."""
    return not finding.scopes or bool(set(finding.scopes) & set(item.scopes))


def _of(findings: tuple[Finding, ...], verdict: Verdict) -> tuple[Finding, ...]:
    """Give the findings with one verdict."""
    return tuple(f for f in findings if f.verdict is verdict)


def _bare(item: Item, enough: tuple[Finding, ...], about: tuple[Finding, ...]) -> tuple[Scope, ...]:
    """Give the kinds for which nothing says Yes; where there is none of a kind, none is needed."""
    if any(not f.scopes for f in enough):
        return ()
    covered = {scope for f in enough for scope in f.scopes}
    covered |= {scope for f in _of(about, Verdict.NOT_APPLICABLE) for scope in f.scopes}
    return tuple(scope for scope in item.scopes if scope not in covered)


def _all(findings: tuple[Finding, ...]) -> Text:
    """Say the first reason, and how many more checks say the same."""
    ordered = sorted(findings, key=lambda f: (not f.alone, f.check))
    first, rest = ordered[0].reason, len(ordered) - 1
    return MORE.fill(first=first, count=rest) if rest else first


def _made(value: Reply | None, findings: tuple[Finding, ...], reason: Text) -> Suggestion:
    """Put a suggestion together; its date is that of its oldest facts."""
    days = [f.facts_as_of for f in findings if f.facts_as_of is not None]
    return Suggestion(value, min(days, default=None), tuple(f.check for f in findings), reason)
