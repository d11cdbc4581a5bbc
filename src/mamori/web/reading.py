"""In which language a page is read: the one asked for, else the browser's, else Japanese."""

from django.http import HttpRequest

from mamori.core.text import Language


def language_of(request: HttpRequest) -> Language:
    """Give the reader's language from ?lang=, else from the browser's first preference."""
    asked = request.GET.get("lang", "")
    if asked in {one.value for one in Language}:
        return Language(asked)
    first = request.headers.get("Accept-Language", "").partition(",")[0].strip().lower()
    return Language.EN if first and not first.startswith(("ja", "*")) else Language.JA
