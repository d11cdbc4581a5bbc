"""The form as JSON: a stable, versioned file that holds the whole state and can come back."""

import json
from datetime import UTC, date, datetime

from mamori.core import form_file
from mamori.core.checking import Finding
from mamori.core.checklists import EMPTY, Answer, Applies
from mamori.core.editions import Item
from mamori.core.forms import Form, Party, Signature, head_of


def write(form: Form) -> bytes:
    """Write everything a form holds as JSON (UTF-8), in both languages; same form, same bytes.

    The fields are documented in docs/reference/forms.md; additions are made without a new version.
    """
    text = json.dumps(document(form), ensure_ascii=False, indent=1)
    # A lone surrogate cannot be UTF-8: its escape is the same character in JSON.
    return (text + "\n").encode("utf-8", errors="backslashreplace")


def document(form: Form) -> dict[str, object]:
    """Give the form as plain data."""
    edition, head = form.edition, head_of(form)
    return {
        "format": form_file.FORMAT,
        "version": form_file.VERSION,
        "edition": {
            "id": edition.id,
            "revision": edition.revision,
            "digest": head.edition_digest,
            "fiscal_year": edition.fiscal_year,
            "subject": edition.subject.value,
            "verified": edition.verified,
            "name": edition.name.as_json(),
        },
        "facility": _party(form.facility),
        "vendor": _party(form.vendor) if form.vendor else None,
        "state": form.state.value,
        "revision": form.revision,
        "made_at": _moment(form.made_at),
        "as_of": form.as_of.isoformat(),
        "signature": _signature(form.signature) if form.signature else None,
        "items": [_item(form, item) for item in edition.items],
        "answers": [_answer(answer) for answer in form.answers],
        "findings": [_finding(finding) for finding in form.findings],
    }


def _party(party: Party) -> dict[str, object]:
    """Write an organisation."""
    return {"code": party.code, "name": party.name, "name_en": party.name_en}


def _signature(signature: Signature) -> dict[str, object]:
    """Write who signed, when and what."""
    return {"by": signature.by, "at": _moment(signature.at), "digest": signature.digest}


def _item(form: Form, item: Item) -> dict[str, object]:
    """Write an item with what stands in its cells."""
    suggested = form.suggested.get(item.key)
    state = form_file.state_json(form.states.get(item.key, EMPTY))
    return {
        "item": item.key,
        "code": item.code,
        "scopes": [scope.value for scope in item.scopes],
        "level": item.level.value,
        "due_year": item.due_year,
        "control": item.control,
        "cells": [cell.value for cell in item.cells],
        "text": item.text.as_json(),
        "applies": form.applies.get(item.key, Applies.YES).value,
        "suggested": suggested.value if suggested else None,
        "state": state,
        "before": state,
    }


def _answer(answer: Answer) -> dict[str, object]:
    """Write one answer of the history; value null takes an earlier one back."""
    return {
        "item": answer.item,
        "turn": answer.turn.value,
        "value": answer.value.value if answer.value else None,
        "checked_on": _day(answer.checked_on),
        "target_on": _day(answer.target_on),
        "basis": answer.basis.value,
        "as_of": _day(answer.as_of),
        "reason": answer.reason,
        "by": answer.by,
        "at": _moment(answer.at),
        "revision": answer.revision,
        "findings": list(answer.findings),
    }


def _finding(finding: Finding) -> dict[str, object]:
    """Write one finding, with the words `mamori check --json` uses."""
    return {
        "check": finding.check,
        "control": finding.control,
        "scopes": [scope.value for scope in finding.scopes],
        "verdict": finding.verdict.value,
        "reason": finding.reason.as_json(),
        "facts_as_of": _day(finding.facts_as_of),
        "rows": list(finding.rows),
        "settle": finding.settle.as_json() if finding.settle else None,
        "alone": finding.alone,
    }


def _day(day: date | None) -> str | None:
    """Write a day as YYYY-MM-DD."""
    return day.isoformat() if day else None


def _moment(at: datetime) -> str:
    """Write a moment in universal time."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
