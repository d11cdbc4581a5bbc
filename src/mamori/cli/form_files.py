"""Which formats a form is written in."""

from collections.abc import Callable
from typing import TypeAlias

from mamori.core.forms import Form
from mamori.core.text import Language
from mamori.exporters import form_json, form_oscal, form_pdf, form_xlsx

Writer: TypeAlias = Callable[[Form, Language, bool], bytes]

WRITERS: dict[str, Writer] = {
    "pdf": lambda form, language, annex: form_pdf.write(form, language, annex=annex),
    "xlsx": lambda form, language, _annex: form_xlsx.write(form, language),
    "json": lambda form, _language, _annex: form_json.write(form),
    "oscal": lambda form, _language, _annex: form_oscal.write(form),
}
KINDS = tuple(WRITERS)


def write(form: Form, kind: str, language: Language, *, annex: bool = False) -> bytes:
    """Write a form in one of the formats; KeyError for another."""
    return WRITERS[kind](form, language, annex)
