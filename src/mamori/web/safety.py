"""What every answer carries, and who may ask: this machine only, to read only."""

import ipaddress
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotAllowed

from mamori.core.text import Text
from mamori.web import reading

# What a proxy adds when it passes a request on for somebody else.
PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
READ_ONLY = ("GET", "HEAD")
# Styles and pictures come from here; there is no script, no form, no frame.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ONLY_HERE = Text(
    "この画面は、この端末の中からだけ閲覧できます。",
    "This page can be read on this machine only.",
)

Answer = Callable[[HttpRequest], HttpResponse]


def headers(answer: Answer) -> Answer:
    """Wrap every page: strangers are refused, nothing can be changed, headers are set."""

    def wrapped(request: HttpRequest) -> HttpResponse:
        response = _guarded(request, answer)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return wrapped


def _guarded(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Let only readers on this machine through.

    The page has no sign-in yet, so the address is asked; a proxy in front would hide it and is
    refused by what it adds.
    """
    passed_on = any(name in request.headers for name in PASSED_ON)
    if passed_on or not is_loopback(request.META.get("REMOTE_ADDR", "")):
        words = ONLY_HERE.say(reading.language_of(request))
        return HttpResponseForbidden(words, content_type="text/plain; charset=utf-8")
    if request.method not in READ_ONLY:
        return HttpResponseNotAllowed(READ_ONLY)
    return answer(request)


def is_loopback(address: str) -> bool:
    """Say whether an address is this machine; what cannot be read is not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
