"""How the official form is laid out: its parts, sections, headings, lines, notes and titles.

Source: the ministry's check sheets. Every exporter that draws the form reads this one layout.
"""

from dataclasses import dataclass
from datetime import date

from mamori.core.calendar import ERAS, era_of, era_year, fiscal_year_in_era
from mamori.core.checklists import EMPTY, Applies, ItemState
from mamori.core.editions import (
    PRESENCE,
    SUBJECT_NAMES,
    Cell,
    Condition,
    Edition,
    Item,
    Level,
    Section,
    Subject,
)
from mamori.core.forms import Form, Party
from mamori.core.text import Language, Text

TITLE = Text(
    "医療機関におけるサイバーセキュリティ対策チェックリスト",
    "Checklist concerning cyber-security measures at medical facilities",
)
FACILITY = Text("医療機関名", "Medical facility")
PHARMACY = Text("薬局名", "Pharmacy")
VENDOR = Text("事業者名", "Vendor")
REFERENCE = Text("参考項目", "Reference items")
UNVERIFIED = Text(
    "この版は公式の様式との照合が済んでいません",
    "This edition has not been compared with the official form",
)
WORDS: dict[str, Text] = {
    "item": Text("チェック項目", "Check item"),
    "results": Text("確認結果(日付)", "Check results (date)"),
    "first": Text("1回目", "First"),
    "target": Text("目標日", "Target date"),
    "second": Text("2回目", "Second"),
    "section": Text("区分", "Section"),
    "yes": Text("はい", "Yes"),
    "no": Text("いいえ", "No"),
    "presence": Text("医療情報システムの有無", "Presence of a healthcare information system"),
}
EXEMPT_WORDS: dict[Applies, Text] = {
    Applies.NO_VENDOR: Text(
        "対象外(契約している事業者なし)", "Not applicable (no contracted vendor)"
    ),
    Applies.ENDED_BY_PRESENCE: Text(
        "対象外(医療情報システムなし)", "Not applicable (no information system)"
    ),
}
ALL_YES = Text(
    "以下のすべての項目が{year}中に「はい」となるよう取り組んでください。",
    "Work towards answering Yes to every item below within {year}.",
)
VENDOR_NOTE = Text(
    "契約している事業者がない場合、{codes}の記入は不要です。",
    "Where no vendor is contracted, {codes} stay blank.",
)
TARGET_NOTE = Text(
    "1回目の確認が「いいえ」の項目には、{year}中の対応目標日を記入してください。",
    "Where the first check is No, enter a target date within {year}.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it stands on the form."""

    item: Item
    state: ItemState
    applies: Applies


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading sentence; no heading where the form prints none."""

    heading: Text | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A numbered section of the form with its groups."""

    title: Text
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The mandatory list, or the reference items: each stands on its own page of the form."""

    level: Level
    title: Text
    subtitle: Text
    caption: Text
    notes: tuple[Text, ...]
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Give every line of the part, in the order of the form."""
        return tuple(line for b in self.blocks for g in b.groups for line in g.lines)


def year_name(year: int) -> Text:
    """Give a fiscal year in both calendars: 令和5年度(2023年度)."""
    era = era_of(date(year, 5, 1))
    return Text(
        f"{fiscal_year_in_era(year)}({year}年度)",
        f"Fiscal year {year} ({era.english} {year - era.begins.year + 1})",
    )


def short_year(year: int) -> Text:
    """Give a fiscal year as it stands in a sentence: 令和5年度, fiscal year 2023."""
    return Text(fiscal_year_in_era(year), f"fiscal year {year}")


def code_name(item: Item) -> str:
    """Give the printed code as it stands before the sentence: 2(7) is printed (7)."""
    return item.code.lstrip("0123456789") or item.code


def name_of(party: Party, language: Language) -> str:
    """Give the name of an organisation; the Japanese one where it has no English name."""
    return party.name_en if language is Language.EN and party.name_en else party.name


def presence(form: Form) -> Line | None:
    """Give the presence row, which has its own small table; vendor lists have none."""
    gate = form.edition.gate
    return None if gate is None else _line(form, gate)


def parts(form: Form) -> tuple[Part, ...]:
    """Give the parts of the form in its order: the mandatory list, then each list of references."""
    keys = dict.fromkeys((i.level, i.due_year) for i in form.edition.items if i.code != PRESENCE)
    ordered = sorted(keys, key=lambda k: (k[0] is Level.REFERENCE, k[1]))
    return tuple(_part(form, level, year) for level, year in ordered)


def day_words(day: date, language: Language) -> tuple[str, str]:
    """Give a date as a cell prints it: ("令和7年", "9/12") or ("", "12 Sep 2025")."""
    if language is Language.JA:
        return era_year(day) if day >= ERAS[
            -1
        ].begins else f"{day.year}年", f"{day.month}/{day.day}"
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "", f"{day.day} {months[day.month - 1]} {day.year}"


def _part(form: Form, level: Level, year: int) -> Part:
    """Gather the items of one level and year under their sections and headings."""
    items = [
        i
        for i in form.edition.items
        if i.level is level and i.due_year == year and i.code != PRESENCE
    ]
    blocks = tuple(
        Block(_numbered(section), _groups(form, [i for i in items if i.section == section.id]))
        for section in form.edition.sections
        if any(i.section == section.id for i in items)
    )
    subject, short = SUBJECT_NAMES[form.edition.subject], short_year(year)
    if level is Level.MANDATORY:
        subtitle, caption = subject, Text(f"{short.ja}中", f"During {short.en}")
    else:
        subtitle = Text(f"{subject.ja} {REFERENCE.ja}", f"{subject.en}: reference items")
        caption = Text(f"参考項目({short.ja}中)", f"Reference items (during {short.en})")
    notes = _notes(form.edition, year, first=level is Level.MANDATORY) or _our_notes(items, short)
    return Part(level, TITLE, subtitle, caption, notes, blocks)


def _groups(form: Form, items: list[Item]) -> tuple[Group, ...]:
    """Put neighbours of one heading together, as the form does."""
    found: list[tuple[str, list[Item]]] = []
    for item in items:
        if not found or found[-1][0] != item.heading:
            found.append((item.heading, []))
        found[-1][1].append(item)
    return tuple(
        Group(form.edition.headings.get(heading), tuple(_line(form, i) for i in held))
        for heading, held in found
    )


def _line(form: Form, item: Item) -> Line:
    """Put an item beside what stands in its cells."""
    state = form.states.get(item.key, EMPTY)
    return Line(item, state, form.applies.get(item.key, Applies.YES))


def _numbered(section: Section) -> Text:
    """Give the title of a section with its number, as the form prints it."""
    if not section.id.isdigit() or section.title.ja.startswith(section.id):
        return section.title
    return Text(f"{section.id} {section.title.ja}", f"{section.id} {section.title.en}")


def _notes(edition: Edition, year: int, *, first: bool) -> tuple[Text, ...]:
    """Give the notes of the edition that stand on a part.

    A note stands on the part whose fiscal year it names; one that names none, on the first part.
    """
    years = {fiscal_year_in_era(item.due_year) for item in edition.items}
    own = fiscal_year_in_era(year)
    return tuple(
        note
        for note in edition.notes
        if own in note.ja or (first and not any(other in note.ja for other in years))
    )


def _our_notes(items: list[Item], year: Text) -> tuple[Text, ...]:
    """Give notes in our words where the edition has none, as far as the items need them."""
    notes = [ALL_YES.fill(year=year)]
    asked = [i.code for i in items if Condition.NEEDS_VENDOR in i.conditions]
    if asked:
        codes = Text("・".join(asked), " and ".join(asked))
        notes.append(VENDOR_NOTE.fill(codes=codes))
    if any(i.has(Cell.TARGET) for i in items):
        notes.append(TARGET_NOTE.fill(year=year))
    return tuple(notes)


def exempt_words(line: Line) -> Text | None:
    """Say why an item is not to be answered; None where it is."""
    return EXEMPT_WORDS.get(line.applies)


def party_label(form: Form) -> Text:
    """Give the word before the name of whoever answers: 医療機関名 or 薬局名."""
    return PHARMACY if form.edition.subject is Subject.PHARMACY else FACILITY


def edition_words(form: Form) -> Text:
    """Name the edition and its revision as every page carries them."""
    edition = form.edition
    return Text(f"{edition.id} 第{edition.revision}版", f"{edition.id} rev. {edition.revision}")
