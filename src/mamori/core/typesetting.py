"""Setting a PDF: a typst template and data in, an accessible document out (PDF/UA-1).

The same template, data and moment give the same bytes on every machine: only the two fonts that
come with the installation are used, and the data reaches the template as JSON, never as source.
"""

import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pylopdf_fonts_jp
import typst

from mamori.core import glyphs
from mamori.core.text import Language, Text

JsonValue: TypeAlias = object
FAMILIES = {"Noto Sans JP", "Noto Serif JP"}
# A typst compiler serves one caller at a time.
_one_at_a_time = threading.Lock()


class FontsMissing(RuntimeError):
    """The Japanese fonts of the installation cannot be read, so nothing may be printed."""


def document(
    template: Path, page: Mapping[str, JsonValue], *, note: Text, language: Language, at: datetime
) -> bytes:
    """Set a document; characters that no font has become 〓, named in the field `missing`.

    `note` says what 〓 stands for and takes {points}. Errors: FontsMissing.
    """
    return compile_data(template, data_of(page, note=note, language=language), at)


def data_of(page: Mapping[str, JsonValue], *, note: Text, language: Language) -> str:
    """Give the data of a document as JSON, with every character printable."""
    missing: list[str] = []
    shown = {key: _printable(held, missing) for key, held in page.items()}
    if missing:
        shown["missing"] = note.fill(points=glyphs.code_points(missing)).say(language)
    return json.dumps(shown, ensure_ascii=False)


def compile_data(template: Path, data: str, at: datetime) -> bytes:
    """Compile a template with its data; the bare work of the typesetter."""
    with _one_at_a_time:
        result = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    if not isinstance(result, bytes):
        raise FontsMissing("the typesetter gave no document")
    return result


@cache
def _compiler(template: Path) -> typst.Compiler:
    """Keep one compiler a template, with our two fonts only."""
    folder = str(pylopdf_fonts_jp.sans_path().parent)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    if not set(fonts.families()) >= FAMILIES:
        raise FontsMissing(folder)
    return typst.Compiler(input=str(template), root=str(template.parent), font_paths=fonts)


@cache
def _covered() -> frozenset[int]:
    """Give the characters that either font can draw."""
    paths = (pylopdf_fonts_jp.sans_path(), pylopdf_fonts_jp.serif_path())
    return frozenset().union(*(glyphs.coverage(path.read_bytes()) for path in paths))


def _printable(value: JsonValue, missing: list[str]) -> JsonValue:
    """Replace what no font can draw in every string, and collect what was replaced."""
    if isinstance(value, str):
        words, absent = glyphs.printable(value, _covered())
        missing.extend(absent)
        return words
    if isinstance(value, dict):
        return {key: _printable(held, missing) for key, held in value.items()}
    if isinstance(value, list):
        return [_printable(held, missing) for held in value]
    return value
