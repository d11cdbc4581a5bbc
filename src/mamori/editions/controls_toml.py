"""Controls, the attack steps they cut and the documents they rest on, read from their TOML."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mamori.core.edition_rules import WHOLE, EditionFault, EditionProblem
from mamori.core.edition_toml import NOT_TOML, both, citations, strict
from mamori.core.editions import AttackStep, Citation, Control
from mamori.core.text import Text, same

KEYS: dict[str, type] = {"documents": list, "attack_steps": list, "controls": list}
DOCUMENT_KEYS: dict[str, type] = {"name": Text}
STEP_KEYS: dict[str, type] = {"id": str, "name": Text}
CONTROL_KEYS: dict[str, type] = {
    "id": str,
    "title": Text,
    "explanation": Text,
    "yes_when": Text,
    "steps": list,
    "cuts": list,
    "citations": list,
}
Found = list[EditionProblem]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything controls.toml holds; documents by their Japanese name."""

    controls: Mapping[str, Control]
    attack_steps: Mapping[str, AttackStep]
    documents: Mapping[str, Text]


def parse(text: str, name: str) -> Catalogue:
    """Read the controls; an unknown or missing key, a doubled id or an unlisted name is refused.

    Errors: EditionFault naming the file and the control, with every problem found.
    """
    found: Found = []
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason = NOT_TOML.fill(error=str(error))
        raise EditionFault(name, (EditionProblem(WHOLE, reason),)) from error
    take = strict(raw, KEYS, WHOLE, found) or {key: [] for key in KEYS}
    named = [_document(one, found) for one in take["documents"]]
    catalogue = Catalogue(
        controls=_by_id([_control(one, found) for one in take["controls"]], found),
        attack_steps=_by_id([_attack_step(one, found) for one in take["attack_steps"]], found),
        documents={one.ja: one for one in named},
    )
    found.extend(_loose_ends(catalogue))
    if found:
        raise EditionFault(name, tuple(found))
    return catalogue


def _where(raw: object) -> Text:
    """Name the row by its id."""
    return same(str(raw.get("id", "?")) if isinstance(raw, Mapping) else "?")


def _document(raw: object, found: Found) -> Text:
    """Read the name of one law or guideline."""
    take = strict(raw, DOCUMENT_KEYS, WHOLE, found)
    return both(take["name"], "name", WHOLE, found) if take else same("?")


def _attack_step(raw: object, found: Found) -> AttackStep:
    """Read one step of an attack."""
    take = strict(raw, STEP_KEYS, _where(raw), found)
    if take is None:
        return AttackStep("?", same("?"))
    return AttackStep(take["id"], both(take["name"], "name", _where(raw), found))


def _control(raw: object, found: Found) -> Control:
    """Read one control."""
    where = _where(raw)
    take: Mapping[str, Any] | None = strict(
        raw, CONTROL_KEYS, where, found, optional=("cuts", "citations")
    )
    if take is None:
        return Control("?", same("?"), same("?"), same("?"), ())
    return Control(
        id=take["id"],
        title=both(take["title"], "title", where, found),
        explanation=both(take["explanation"], "explanation", where, found),
        yes_when=both(take["yes_when"], "yes_when", where, found),
        steps=tuple(both(step, "steps", where, found) for step in take["steps"]),
        cuts=tuple(str(cut) for cut in take["cuts"]),
        citations=citations(take["citations"], where, found),
    )


def _by_id(rows: Sequence[Any], found: Found) -> dict[str, Any]:
    """Put rows under their ids; an id given twice is noted."""
    table: dict[str, Any] = {}
    for row in rows:
        if row.id in table and row.id != "?":
            twice = Text("同じidが2つあります。", "This id stands twice.")
            found.append(EditionProblem(same(row.id), twice))
        table[row.id] = row
    return table


def _loose_ends(catalogue: Catalogue) -> list[EditionProblem]:
    """List attack steps and documents that controls name but the file does not list."""
    loose: list[EditionProblem] = []
    for control in catalogue.controls.values():
        lost = [cut for cut in control.cuts if cut not in catalogue.attack_steps]
        lost += [c.document for c in control.citations if c.document not in catalogue.documents]
        for name in lost:
            reason = Text(f"「{name}」が一覧にありません。", f"“{name}” is not listed.")
            loose.append(EditionProblem(same(control.id), reason))
    return loose


def name_of(citation: Citation, documents: Mapping[str, Text]) -> Text:
    """Say a citation in both languages: the name of the document and its section."""
    name = documents.get(citation.document, same(citation.document))
    ja, en = ("項番", "section ") if citation.section.isdecimal() else ("", "")
    return Text(f"{name.ja} {ja}{citation.section}", f"{name.en}, {en}{citation.section}")
