"""Which language the command speaks: MAMORI_LANG, else the locale, else Japanese."""

import os

from mamori.core.text import Language, Text


def language() -> Language:
    """Give the reader's language; the locales C and POSIX say nothing, so Japanese holds."""
    for name in ("MAMORI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").partition(".")[0]
        if value and value not in ("C", "POSIX"):
            return Language.JA if value.lower().startswith("ja") else Language.EN
    return Language.JA


def say(ja: str, en: str) -> str:
    """Give one of two sentences in the reader's language."""
    return Text(ja, en).say(language())
