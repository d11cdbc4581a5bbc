"""What is shown where a page is not there, or something broke."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mamori.core.text import Text
from mamori.web import overview, reading

NOT_FOUND = Text("お探しのページはありません。", "There is no such page.")
BROKEN = Text(
    "画面を表示できませんでした。記録は変わっていません。",
    "The page could not be shown. No record was changed.",
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that a page is not there, with the way back."""
    return _said(request, NOT_FOUND, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke, with the way back."""
    return _said(request, BROKEN, 500)


def _said(request: HttpRequest, words: Text, status: int) -> HttpResponse:
    """Show one sentence and the way back."""
    context = overview.frame(reading.language_of(request)) | {"words": words}
    return render(request, "overview/fault.html", context, status=status)
