"""The first page: one facility at a glance, the help of each item, and its papers."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.collectors import clock
from mamori.core import form_layout, ledger_report
from mamori.core.answering import APPLIES_REASONS, REPLY_NAMES
from mamori.core.checking import VERDICT_NAMES, Verdict
from mamori.core.editions import PRESENCE, SCOPE_NAMES
from mamori.core.ledger import KIND_NAMES
from mamori.core.lifecycles import Support
from mamori.core.overview import Line, Overview
from mamori.core.text import Language, Text
from mamori.core.viewer import Viewer
from mamori.editions import loader
from mamori.exporters import form_pdf, ledger_report_pdf
from mamori.store import viewers
from mamori.store.queries import overview as queries
from mamori.usecases.ledger import report
from mamori.usecases.overview import show
from mamori.usecases.overview.show import Shown
from mamori.web import reading

SUPPORT_NAMES: dict[Support, Text] = {
    Support.PAST: Text("終了", "Ended"),
    Support.SUPPORTED: Text("1年以内に終了", "Ends within a year"),
    Support.CANNOT_SAY: Text("判断できず(版の記載が不足)", "Cannot say (release not written)"),
    Support.NOT_IN_TABLE: Text("判断できず(表にない製品)", "Cannot say (not in the table)"),
    Support.NOT_WRITTEN: Text("判断できず(OSの記載なし)", "Cannot say (no OS written)"),
}
MARKS: dict[Verdict, str] = {
    Verdict.MET: "✓",
    Verdict.NOT_MET: "✕",
    Verdict.UNKNOWN: "?",
    Verdict.NOT_APPLICABLE: "–",
}


def page(request: HttpRequest) -> HttpResponse:
    """Show the demonstration hospital; where there is none, say how to make one."""
    language = reading.language_of(request)
    shown, _ = _shown(clock.now())
    context = frame(language)
    if shown is None:
        return render(request, "overview/empty.html", context)
    return render(request, "overview/page.html", context | _page(shown, language))


def item(request: HttpRequest, key: str) -> HttpResponse:
    """Explain one item: what it means, what counts as Yes, how to get there."""
    language = reading.language_of(request)
    shown, _ = _shown(clock.now())
    line = next((one for one in _lines(shown) if one.item.key == key), None)
    if shown is None or line is None:
        raise Http404(key)
    context = frame(language) | {
        "form": shown.overview.form,
        "line": _line(line),
        "control": line.control,
        "citations": [loader.citation_name(one) for one in line.control.citations],
        "cuts": [loader.attack_steps()[name].name for name in line.control.cuts],
    }
    return render(request, "overview/item.html", context)


def form_file(_request: HttpRequest, language: str) -> HttpResponse:
    """Give the form as the inspector wants it, in Japanese or English."""
    shown, _ = _shown(clock.now())
    if shown is None or language not in {one.value for one in Language}:
        raise Http404(language)
    form = shown.overview.form
    content = form_pdf.write(form, Language(language))
    name = f"{form.facility.code}-{form.edition.id}-{language}.pdf"
    return _pdf(content, name)


def report_file(_request: HttpRequest, language: str) -> HttpResponse:
    """Give the report on the ledger to management as it would be made now."""
    viewer = viewers.demonstration()
    codes = queries.demonstration_facilities(viewer)
    if not codes or language not in {one.value for one in Language}:
        raise Http404(language)
    try:
        draft = report.draft(viewer, facility=codes[0], now=clock.now(), today=clock.today())
    except ledger_report.NothingToReport as nothing:
        raise Http404(language) from nothing
    content = ledger_report_pdf.write(draft, Language(language))
    return _pdf(content, f"{codes[0]}-ledger-report-{language}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that the browser shows."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _shown(now: datetime) -> tuple[Shown | None, Viewer]:
    """Load the demonstration hospital as its visitor may see it."""
    viewer = viewers.demonstration()
    codes = queries.demonstration_facilities(viewer)
    if not codes:
        return None, viewer
    return show.show(viewer, facility=codes[0], now=now, today=clock.today()), viewer


def _lines(shown: Shown | None) -> tuple[Line, ...]:
    """Give every item with what is known about it."""
    if shown is None:
        return ()
    return tuple(line for part in shown.overview.parts for line in part.lines)


def frame(language: Language) -> dict[str, Any]:
    """Give what every page needs: the language, and the way to the other one."""
    other = Language.EN if language is Language.JA else Language.JA
    return {
        "language": language,
        "lang": language.value,
        "other": other.value,
        "other_url": f"?lang={other.value}",
        "home_url": f"{reverse('overview')}?lang={language.value}",
    }


def _page(shown: Shown, language: Language) -> dict[str, Any]:
    """Arrange the overview for the template: names for enums, links, totals."""
    found = shown.overview
    return {
        "form": found.form,
        "facility": form_layout.name_of(found.form.facility, language),
        "overview": found,
        "no_count": found.everything.no,
        "open_count": found.everything.applicable - found.everything.answered,
        "verdicts": _verdicts(found),
        "parts": [
            {"section": part.section, "lines": [_line(one) for one in part.lines]}
            for part in found.parts
        ],
        "kinds": [(KIND_NAMES[one.kind], one) for one in found.kinds],
        "total": {
            name: sum(getattr(one, name) for one in found.kinds)
            for name in ("in_service", "resting", "disposed")
        },
        "supports": [
            (KIND_NAMES[one.kind], SUPPORT_NAMES[one.support], one) for one in found.supports
        ],
        "has_report": found.ledger_as_of is not None,
        "vendors": shown.vendors,
    }


def _verdicts(found: Overview) -> list[dict[str, Any]]:
    """Count what the checks said, by verdict."""
    return [
        {
            "name": VERDICT_NAMES[verdict],
            "mark": MARKS[verdict],
            "verdict": verdict.value,
            "count": sum(one.verdict is verdict for one in found.form.findings),
        }
        for verdict in Verdict
    ]


def _line(line: Line) -> dict[str, Any]:
    """Arrange one item for the template."""
    value = line.suggestion.value
    exempt = APPLIES_REASONS.get(line.applies)
    return {
        "key": line.item.key,
        "code": "" if line.item.code == PRESENCE else line.item.code,
        "text": line.item.text,
        "title": line.control.title,
        "scopes": [SCOPE_NAMES[scope] for scope in line.item.scopes],
        "url": reverse("item", args=[line.item.key]),
        "exempt": exempt,
        "state": line.state,
        "first": REPLY_NAMES[line.state.first] if line.state.first else None,
        "second": REPLY_NAMES[line.state.second] if line.state.second else None,
        "reason": line.state.second_reason or line.state.first_reason,
        "has_target": any(cell.value == "target" for cell in line.item.cells),
        "has_second": any(cell.value == "second" for cell in line.item.cells),
        "suggested": REPLY_NAMES[value] if value else None,
        "suggested_value": value.value if value else "open",
        "suggestion": line.suggestion,
        "differs": value is not None and line.state.latest not in (None, value),
        "findings": [
            {
                "name": VERDICT_NAMES[one.verdict],
                "mark": MARKS[one.verdict],
                "verdict": one.verdict.value,
                "finding": one,
            }
            for one in line.findings
        ],
    }
