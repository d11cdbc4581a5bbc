"""The editions and controls that are shipped, read from their TOML once."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from mamori.core import calendar, edition_toml
from mamori.core.edition_rules import WHOLE, EditionFault, EditionProblem
from mamori.core.editions import AttackStep, Citation, Control, Edition, Subject
from mamori.core.text import Text
from mamori.core.viewer import NotFound
from mamori.editions import controls_toml

PACKAGE = "mamori.editions"
FILE_NAME = re.compile(r"(facility|pharmacy|vendor)-fy\d{4}\.toml")
SHORT = re.compile(r"(?:fy)?(\d{4})", re.IGNORECASE)
NO_EDITION = Text(
    "「{name}」という版はありません。ある版: {known}",
    "There is no edition {name}. There are: {known}",
)
ANOTHER_ID = Text(
    "ファイル名とid「{id}」が合っていません。", "The file name does not match the id {id}."
)


@cache
def load_all() -> tuple[Edition, ...]:
    """Give every edition that is shipped, by fiscal year, then in the order of subjects."""
    order = list(Subject)
    loaded = [_load(name) for name in _names()]
    return tuple(sorted(loaded, key=lambda e: (e.fiscal_year, order.index(e.subject))))


def load(edition_id: str) -> Edition:
    """Give one edition by its id, such as facility-fy2023; NotFound lists the ids there are."""
    for edition in load_all():
        if edition.id == edition_id:
            return edition
    raise _not_found(edition_id)


def find(subject: Subject, fiscal_year: int) -> Edition:
    """Give the edition of a subject and a fiscal year; NotFound when none is shipped."""
    return load(f"{subject.value}-fy{fiscal_year}")


def resolve(name: str, subject: Subject | str | None = None) -> Edition:
    """Give the edition a person means by facility-fy2023, fy2023, 2023 or 令和5年度.

    A short name needs the subject. Errors: NotFound lists the ids there are.
    """
    wanted = subject.value if isinstance(subject, Subject) else subject
    year = _year(name.strip())
    if year is None or wanted is None:
        edition = load(name.strip().lower())
        if wanted not in (None, edition.subject.value):
            raise _not_found(f"{name} ({wanted})")
        return edition
    return load(f"{wanted}-fy{year}")


def controls() -> Mapping[str, Control]:
    """Give every control by its id, in the order of the file."""
    return MappingProxyType(dict(_catalogue().controls))


def attack_steps() -> Mapping[str, AttackStep]:
    """Give every attack step that some control cuts, by its id."""
    return MappingProxyType(dict(_catalogue().attack_steps))


def citation_name(citation: Citation) -> Text:
    """Say a citation in both languages: the name of the document and its section."""
    return controls_toml.name_of(citation, _catalogue().documents)


def parse(text: str, name: str) -> Edition:
    """Read one edition from its TOML; EditionFault names the file, the item and every problem."""
    return edition_toml.parse(text, name, controls())


def dump(edition: Edition) -> str:
    """Write an edition as TOML; parse(dump(edition), name) gives it back."""
    return edition_toml.dump(edition)


def digest(edition: Edition) -> str:
    """Give the SHA-256 of what answers rest on; layout, `verified` and `source` do not count."""
    return edition_toml.digest(edition)


def text_of(edition_id: str) -> str:
    """Give the TOML of a shipped edition as it lies in the package."""
    return _read(f"{load(edition_id).id}.toml")


@cache
def _catalogue() -> controls_toml.Catalogue:
    """Read controls.toml once."""
    return controls_toml.parse(_read("controls.toml"), "controls.toml")


def _load(file_name: str) -> Edition:
    """Read one shipped file, whose name is its id."""
    edition = parse(_read(file_name), file_name)
    if file_name != f"{edition.id}.toml":
        raise EditionFault(file_name, (EditionProblem(WHOLE, ANOTHER_ID.fill(id=edition.id)),))
    return edition


def _names() -> list[str]:
    """List the files of editions in the package."""
    return [f.name for f in resources.files(PACKAGE).iterdir() if FILE_NAME.fullmatch(f.name)]


def _read(file_name: str) -> str:
    """Read a file of the package."""
    return (resources.files(PACKAGE) / file_name).read_text(encoding="utf-8")


def _year(name: str) -> int | None:
    """Read a fiscal year as people write it."""
    if found := SHORT.fullmatch(name):
        return int(found[1])
    years = {calendar.fiscal_year_in_era(e.fiscal_year): e.fiscal_year for e in load_all()}
    return years.get(name)


def _not_found(name: str) -> NotFound:
    """Say that there is no such edition, and which there are."""
    known = ", ".join(e.id for e in load_all())
    return NotFound(NO_EDITION.fill(name=name, known=known))
