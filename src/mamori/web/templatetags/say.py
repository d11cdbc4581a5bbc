"""Words in templates: both languages side by side, and texts in the reader's language."""

import re
from datetime import date
from typing import Any

from django import template
from django.template import Context

from mamori.core.text import Language, Text

register = template.Library()
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30fa\u3400-\u9fff\uf900-\ufaff]")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@register.simple_tag(takes_context=True)
def say(context: Context, ja: str, en: str, one: str = "", **values: Any) -> str:
    """Say one of two sentences in the reader's language, its {places} filled and escaped.

    `one` is the English sentence for n = 1.
    """
    language = context["language"]
    en = one if one and values.get("n") == 1 else en
    shown = {
        name: value.say(language) if isinstance(value, Text) else value
        for name, value in values.items()
    }
    return Text(ja, en).say(language).format(**shown)


@register.filter
def said(text: Text | None, language: Language) -> str:
    """Give a text in the reader's language; nothing for nothing."""
    return "" if text is None else text.say(language)


@register.filter
def spoken(text: str, language: Language) -> str:
    """Give the language of words that people typed: Japanese where kana or kanji are in them."""
    return "ja" if JAPANESE.search(text) else language.value


@register.filter
def day(value: date | None, language: Language) -> str:
    """Give a day as people write it: 2026年11月22日, 22 Nov 2026; a dash for none."""
    if value is None:
        return "－" if language is Language.JA else "–"
    if language is Language.JA:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
