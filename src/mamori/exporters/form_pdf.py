"""The official form as an accessible PDF (PDF/UA-1), A4, with the evidence behind it if asked."""

from datetime import datetime as moment
from datetime import timedelta, timezone
from pathlib import Path

from mamori.core import form_layout, suggestions, typesetting
from mamori.core.answering import REPLY_NAMES, digest_of
from mamori.core.checking import VERDICT_NAMES, Finding
from mamori.core.checklists import Answer, Applies, Basis, Reply, Turn
from mamori.core.editions import APPARATUS, SCOPE_NAMES, Cell, Item
from mamori.core.form_layout import WORDS, Line, Part, day_words
from mamori.core.forms import BASIS_NAMES, Form
from mamori.core.policies import STATE_NAMES
from mamori.core.text import Language, Text, listed
from mamori.core.typesetting import JsonValue

TEMPLATE = Path(__file__).parent / "templates" / "form.typ"
JAPAN = timezone(timedelta(hours=9))
ROWS_SHOWN = 30

CIRCLED = Text("丸印: ", "Circled: ")
NOT_SIGNED = Text("未確定({state})", "Not signed ({state})")
SIGNED = Text("確定: {by}({at})", "Signed by {by}, {at}")
MADE = Text(
    "{edition}・改訂{revision}・出力 {at}", "{edition}, checklist revision {revision}, made {at}"
)
DIGEST = Text("照合値 {digest}", "Digest {digest}")
ENDED = Text(
    "医療情報システムを導入・運用していないため、以降の項目の確認は不要です。",
    "No healthcare information system is in use: the items that follow need not be checked.",
)
MISSING = Text(
    "〓は、この文書の書体にない文字を表します: {points}",
    "〓 stands for characters that the typeface of this document does not have: {points}",
)
ANNEX_TITLE = Text("別紙 回答の根拠", "Annex: what the answers rest on")
ANNEX_INTRO = Text(
    "各項目の回答と、{day}時点で確認できた証跡を示します。"
    "「確認できず」は、証跡がないか古いため判断していないことを表し、「はい」とはみなしません。",
    "The answer to each item, and the evidence found as of {day}. Unknown means that evidence is "
    "missing or too old to judge by: it never counts as Yes.",
)
ANNEX_WORDS: dict[str, Text] = {
    "turn": Text("確認", "Check"),
    "reply": Text("回答", "Answer"),
    "day": Text("確認日", "Date"),
    "basis": Text("根拠", "Basis"),
    "reason": Text("理由・回答者", "Reason, by whom"),
    "suggested": Text("証跡が示す回答", "Evidence suggests"),
    "as_of": Text("証跡の時点", "Facts as of"),
    "settle": Text("「はい」にするには", "To make it Yes"),
    "rows": Text("該当", "Concerned"),
    "check": Text("確認プログラム", "Check"),
}
NOTHING_SUGGESTED = Text("なし(人が確認します)", "nothing (a person answers)")
AS_OF = Text("{basis}({day}時点)", "{basis} (as of {day})")
MORE_ROWS = Text("{rows} ほか{more}件", "{rows} and {more} more")
NEVER = Text("取り込まれていません", "never collected")


def write(form: Form, language: Language, *, annex: bool = False) -> bytes:
    """Print a form as a PDF; the same form gives the same bytes.

    `annex` adds what every answer rests on. Errors: FontsMissing when the fonts are not installed.
    """
    return compile_data(data_of(form, language, annex=annex), form.made_at)


def compile_data(data: str, made_at: moment) -> bytes:
    """Compile the data of a form; the bare work of the typesetter."""
    return typesetting.compile_data(TEMPLATE, data, made_at)


def data_of(form: Form, language: Language, *, annex: bool = False) -> str:
    """Give all words and marks of a form as JSON, ready for the template."""
    page = _page(form, language, annex=annex)
    return typesetting.data_of(page, note=MISSING, language=language)


def _page(form: Form, language: Language, *, annex: bool) -> dict[str, JsonValue]:
    """Put the whole form together."""
    edition = form.edition
    vendor = form.vendor
    return {
        "lang": language.value,
        "title": f"{form_layout.TITLE.say(language)} {edition.name.say(language)}",
        "words": {k: v.say(language) for k, v in (*WORDS.items(), ("circled", CIRCLED))},
        "year": form_layout.year_name(edition.fiscal_year).say(language),
        "unverified": None if edition.verified else form_layout.UNVERIFIED.say(language),
        "facility": {
            "label": form_layout.party_label(form).say(language),
            "name": _breakable(form_layout.name_of(form.facility, language)),
        },
        "vendor": vendor
        and {
            "label": form_layout.VENDOR.say(language),
            "name": _breakable(form_layout.name_of(vendor, language)),
        },
        "presence": _presence(form, language),
        "parts": [_part(part, language) for part in form_layout.parts(form)],
        "footer": _footer(form, language),
        "annex": _annex(form, language) if annex else None,
        "missing": None,
    }


def _breakable(name: str) -> str:
    """Let a very long word without blanks break over lines: a soft place every 20 characters."""
    words = name.split(" ")
    return " ".join(
        "\u200b".join(w[n : n + 20] for n in range(0, len(w), 20)) if w.isascii() else w
        for w in words
    )


def _moment(at: moment, language: Language) -> str:
    """Give a moment in Japan's time, to the minute."""
    here = at.astimezone(JAPAN)
    if language is Language.JA:
        return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
    return f"{day_words(here.date(), language)[1]}, {here:%H:%M} JST"


def _footer(form: Form, language: Language) -> dict[str, JsonValue]:
    """Say who signed what, from which edition, and when the page was made."""
    signature = form.signature
    if signature is None:
        signed = NOT_SIGNED.fill(state=STATE_NAMES[form.state])
        vendor = form.vendor.code if form.vendor else None
        digest = digest_of(form.edition, form.facility.code, vendor, form.states)
    else:
        signed = SIGNED.fill(by=signature.by, at=_moment(signature.at, language))
        digest = signature.digest
    made = MADE.fill(
        edition=form_layout.edition_words(form),
        revision=form.revision,
        at=_moment(form.made_at, language),
    )
    parties = [p for p in (form.facility, form.vendor) if p is not None]
    return {
        "who": " / ".join(_breakable(form_layout.name_of(p, language)) for p in parties),
        "signed": signed.say(language),
        "made": made.say(language),
        "digest": DIGEST.fill(digest=digest[:16]).say(language),
    }


def _presence(form: Form, language: Language) -> JsonValue:
    """Give the presence row, which has one cell and a table of its own."""
    line = form_layout.presence(form)
    if line is None:
        return None
    ended = Applies.ENDED_BY_PRESENCE in form.applies.values()
    return {
        "title": WORDS["presence"].say(language),
        "text": line.item.text.say(language),
        "cell": _check(line.state.first, line, Turn.FIRST, language),
        "ended": ENDED.say(language) if ended else None,
    }


def _part(part: Part, language: Language) -> dict[str, JsonValue]:
    """Give one list of the form: titles, notes, sections with their rows."""
    blocks: list[JsonValue] = []
    for block in part.blocks:
        rows: list[JsonValue] = []
        for group in block.groups:
            if group.heading is not None:
                struck = all(n.applies is Applies.ENDED_BY_PRESENCE for n in group.lines)
                words = group.heading.say(language)
                rows.append({"kind": "heading", "text": words, "struck": struck})
            rows.extend(_row(line, language) for line in group.lines)
        blocks.append({"title": block.title.say(language), "rows": rows})
    return {
        "title": part.title.say(language),
        "subtitle": _in_brackets(part.subtitle.say(language), language),
        "caption": part.caption.say(language),
        "notes": [note.say(language) for note in part.notes],
        "blocks": blocks,
    }


def _in_brackets(words: str, language: Language) -> str:
    """Put a subtitle in the brackets of its language."""
    return f"({words})" if language is Language.EN else f"（{words}）"


def _row(line: Line, language: Language) -> dict[str, JsonValue]:
    """Give the line of one item with the cells the form has for it."""
    return {
        "kind": "item",
        "code": form_layout.code_name(line.item),
        "text": line.item.text.say(language),
        "struck": line.applies is Applies.ENDED_BY_PRESENCE,
        "cells": _cells(line, language),
    }


def _cells(line: Line, language: Language) -> list[JsonValue]:
    """Give the three cells; those that the form lacks are joined into one empty cell."""
    if line.applies is Applies.ENDED_BY_PRESENCE:
        return [{"kind": "exempt", "text": "—", "span": 3}]
    exempt = form_layout.exempt_words(line)
    if exempt is not None:
        return [{"kind": "exempt", "text": f"— {exempt.say(language)}", "span": 3}]
    cells: list[dict[str, JsonValue]] = []
    gap = 0
    for cell in Cell:
        if line.item.has(cell):
            cells.append(_cell(cell, line, language))
            gap = 0
        else:
            gap += 1
            if gap > 1:
                cells.pop()
            cells.append({"kind": "none", "span": gap})
    return list(cells)


def _cell(cell: Cell, line: Line, language: Language) -> dict[str, JsonValue]:
    """Give what stands in one cell that the form has."""
    match cell:
        case Cell.FIRST:
            return _check(line.state.first, line, Turn.FIRST, language)
        case Cell.SECOND:
            return _check(line.state.second, line, Turn.SECOND, language)
        case Cell.TARGET:
            target = line.state.target_on
            year, day = day_words(target, language) if target else ("", "")
            return {"kind": "date", "year": year, "day": day}


def _check(reply: Reply | None, line: Line, turn: Turn, language: Language) -> dict[str, JsonValue]:
    """Give a Yes/No cell: what is circled, and the date of the check."""
    on = line.state.first_on if turn is Turn.FIRST else line.state.second_on
    year, day = day_words(on, language) if on else ("", "")
    return {"kind": "check", "reply": reply.value if reply else "", "year": year, "day": day}


def _annex(form: Form, language: Language) -> dict[str, JsonValue]:
    """Give what every answer rests on, in the order of the form."""
    first = form_layout.presence(form)
    lines = [*([first] if first else []), *(n for p in form_layout.parts(form) for n in p.lines)]
    day = " ".join(day_words(form.as_of, language)).strip()
    return {
        "title": ANNEX_TITLE.say(language),
        "intro": ANNEX_INTRO.fill(day=day).say(language),
        "words": {key: words.say(language) for key, words in ANNEX_WORDS.items()},
        "entries": [_entry(form, line, language) for line in lines],
    }


def _entry(form: Form, line: Line, language: Language) -> dict[str, JsonValue]:
    """Give one item of the annex: its answers, what evidence suggests, and the findings."""
    item, exempt = line.item, form_layout.exempt_words(line)
    suggested = form.suggested.get(item.key)
    words = REPLY_NAMES[suggested] if suggested else NOTHING_SUGGESTED
    gate = form.edition.gate
    return {
        "code": WORDS["presence"].say(language) if item == gate else _coded(item, language),
        "text": item.text.say(language),
        "exempt": exempt.say(language) if exempt else None,
        "suggested": words.say(language),
        "answers": [
            _answered(form, line, turn, language)
            for turn, cell in ((Turn.FIRST, Cell.FIRST), (Turn.SECOND, Cell.SECOND))
            if item.has(cell)
        ],
        "findings": [_finding(f, language) for f in suggestions.about(item, form.findings)],
    }


def _coded(item: Item, language: Language) -> str:
    """Give the printed code with the kinds of apparatus where one code names several items."""
    if not item.scopes or item.heading == "all" or not set(item.scopes) <= set(APPARATUS):
        return item.code
    about = listed(tuple(SCOPE_NAMES[scope].say(language) for scope in item.scopes))
    return f"{item.code} [{about.say(language)}]"


def _answered(form: Form, line: Line, turn: Turn, language: Language) -> dict[str, JsonValue]:
    """Give one answer with its basis, its reason and who gave it."""
    s = line.state
    reply, on, basis, as_of, reason = (
        (s.first, s.first_on, s.first_basis, s.first_as_of, s.first_reason)
        if turn is Turn.FIRST
        else (s.second, s.second_on, s.second_basis, s.second_as_of, s.second_reason)
    )
    given: list[Answer] = [a for a in form.answers if (a.item, a.turn) == (line.item.key, turn)]
    by = given[-1].by if given and reply else ""
    return {
        "turn": WORDS[turn.value].say(language),
        "reply": REPLY_NAMES[reply].say(language) if reply else "—",
        "day": " ".join(day_words(on, language)).strip() if on else "—",
        "basis": _basis(basis, " ".join(day_words(as_of, language)) if as_of else "", language),
        "reason": " / ".join(words for words in (reason.strip(), by) if words) or "—",
    }


def _basis(basis: Basis | None, day: str, language: Language) -> str:
    """Say what an answer rests on, with the date of the facts where it is evidence."""
    if basis is None:
        return "—"
    words = BASIS_NAMES[basis]
    return (AS_OF.fill(basis=words, day=day.strip()) if day else words).say(language)


def _finding(finding: Finding, language: Language) -> dict[str, JsonValue]:
    """Give one finding: verdict, reason, date of the facts, and the things concerned."""
    rows, more = finding.rows[:ROWS_SHOWN], len(finding.rows) - ROWS_SHOWN
    named = Text("、".join(rows), ", ".join(rows)) if rows else None
    if named and more > 0:
        named = MORE_ROWS.fill(rows=named, more=more)
    as_of = finding.facts_as_of
    return {
        "verdict": finding.verdict.value,
        "name": VERDICT_NAMES[finding.verdict].say(language),
        "reason": finding.reason.say(language),
        "settle": finding.settle.say(language) if finding.settle else None,
        "as_of": " ".join(day_words(as_of, language)).strip() if as_of else NEVER.say(language),
        "rows": named.say(language) if named else None,
        "check": finding.check,
    }
