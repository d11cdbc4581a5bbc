"""The form as OSCAL assessment results (NIST OSCAL 1.2.1, JSON), for tools that speak OSCAL.

Each item is a reviewed control with one finding; each answer ever given and each finding of a check
is an observation. Our own fields are properties in the namespace NS (docs/reference/forms.md).
"""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from uuid import UUID, uuid5

from mamori.core import suggestions
from mamori.core.checking import Finding, Verdict
from mamori.core.checklists import EMPTY, Answer, Applies, Basis, ItemState, Reply
from mamori.core.editions import PRESENCE, Item, sort_code
from mamori.core.forms import Form, head_of
from mamori.core.text import Text

OSCAL_VERSION = "1.2.1"
# A fixed UUID as namespace: it belongs to nobody's host and will never move.
SEED = UUID("5b0e4f0e-2c1d-4d6a-9a4e-8f6d3c7a1b20")
NS = f"urn:uuid:{SEED}"
JAPAN = timezone(timedelta(hours=9))
# How the assessor came to it: a program looked, a person looked at evidence, a person was asked.
METHOD_OF_CHECK = "TEST"
METHODS = {Basis.EVIDENCE: "EXAMINE", Basis.ATTESTATION: "INTERVIEW"}
NONE = "none"
TAKEN_BACK = "taken-back"
ANSWERED = Text("{item}への回答({turn})", "Answer to {item} ({turn} check)")
NOT_ANSWERED = Text("まだ回答されていません。", "Not answered yet.")
EXEMPT = Text("回答の対象外です({why})。", "Not to be answered ({why}).")
ATTESTED = Text(
    "チェックリストの内容を確認し、確定しました。", "The checklist was reviewed and signed."
)
PLAN = Text(
    "評価計画に代えて、このチェックリストの版を参照します。",
    "In place of an assessment plan: the edition of the checklist.",
)

Json = dict[str, object]


def write(form: Form) -> bytes:
    """Write the form as OSCAL assessment results; the same form gives the same bytes."""
    text = json.dumps(document(form), ensure_ascii=False, indent=1)
    return (text + "\n").encode("utf-8", errors="backslashreplace")


def document(form: Form) -> Json:
    """Give the assessment results as plain data."""
    base = _base(form)
    people = _people(form, base)
    return {
        "assessment-results": {
            "uuid": _id(base, "document", _moment(form.made_at)),
            "metadata": _metadata(form, base, people),
            "import-ap": {"href": f"#{_id(base, 'edition')}", "remarks": _both(PLAN)},
            "results": [_result(form, base, people)],
            "back-matter": {"resources": [_edition(form, base)]},
        }
    }


def _base(form: Form) -> UUID:
    """Give the UUID that all others of this checklist are made from."""
    head = head_of(form)
    words = (head.edition, str(head.edition_revision), head.facility, head.vendor or "")
    return uuid5(SEED, json.dumps([*words, head.revision]))


def _id(base: UUID, *path: str) -> str:
    """Give the UUID of one thing in the document, always the same for the same thing."""
    return str(uuid5(base, json.dumps(path)))


def _metadata(form: Form, base: UUID, people: dict[str, str]) -> Json:
    """Say whose document this is, and who took part."""
    parties: list[Json] = [_organisation(form.facility.code, form.facility.name, base)]
    roles: list[Json] = [{"id": "facility", "title": "Medical facility"}]
    responsible: list[Json] = [_duty("facility", _id(base, "party", form.facility.code))]
    if form.vendor is not None:
        parties.append(_organisation(form.vendor.code, form.vendor.name, base))
        roles.append({"id": "vendor", "title": "Vendor"})
        responsible.append(_duty("vendor", _id(base, "party", form.vendor.code)))
    parties += [{"uuid": u, "type": "person", "name": _line(n)} for n, u in people.items()]
    if form.signature is not None:
        roles.append({"id": "approver", "title": "Safety administrator who signed"})
        responsible.append(_duty("approver", people[form.signature.by]))
    return {
        "title": _line(f"{form.edition.name.ja} / {form.edition.name.en}"),
        "last-modified": _moment(form.made_at),
        "version": str(form.revision),
        "oscal-version": OSCAL_VERSION,
        "roles": roles,
        "parties": parties,
        "responsible-parties": responsible,
    }


def _organisation(code: str, name: str, base: UUID) -> Json:
    """Give an organisation as a party."""
    return {
        "uuid": _id(base, "party", code),
        "type": "organization",
        "name": _line(name),
        "props": [_prop("code", code)],
    }


def _duty(role: str, party: str) -> Json:
    """Tie a party to a role."""
    return {"role-id": role, "party-uuids": [party]}


def _people(form: Form, base: UUID) -> dict[str, str]:
    """Give everybody who answered or signed, by name, with a UUID."""
    names = [answer.by for answer in form.answers]
    if form.signature is not None:
        names.append(form.signature.by)
    return {name: _id(base, "person", name) for name in dict.fromkeys(names)}


def _result(form: Form, base: UUID, people: dict[str, str]) -> Json:
    """Give the one result: what was reviewed, observed and found."""
    tokens = _tokens(form)
    observations = [_answered(form, base, people, n) for n in range(len(form.answers))]
    observations += [_checked(form, base, n) for n in range(len(form.findings))]
    moments = [_collected(answer) for answer in form.answers]
    result: Json = {
        "uuid": _id(base, "result"),
        "title": _line(f"{form.edition.id} / {form.facility.name}"),
        "description": _both(form.edition.name),
        "start": _moment(min([form.made_at, *moments])),
        "end": _moment(form.made_at),
        "props": [
            _prop("state", form.state.value),
            _prop("checklist-revision", str(form.revision)),
            _prop("as-of", form.as_of.isoformat()),
        ],
        "links": [{"href": f"#{_id(base, 'edition')}", "rel": "reference"}],
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": token} for token in tokens.values()]}
            ],
            "control-objective-selections": [
                {"include-objectives": [{"objective-id": token} for token in tokens.values()]}
            ],
        },
        "findings": [_item(form, base, item, tokens[item.key]) for item in form.edition.items],
    }
    if observations:
        result["observations"] = observations
    if form.signature is not None:
        result["attestations"] = [_attestation(form, people)]
    return result


def _tokens(form: Form) -> dict[str, str]:
    """Give each item an OSCAL token: 2(7)/network becomes item-2-7.network."""
    found: dict[str, str] = {}
    for item in form.edition.items:
        numbers = "-".join(str(n) for n in sort_code(item.code))
        name = PRESENCE if item.code == PRESENCE else numbers
        heading = item.heading.replace("+", ".")
        token = f"item-{name}.{heading}" if heading else f"item-{name}"
        while token in found.values():
            token += ".again"
        found[item.key] = token
    return found


def _item(form: Form, base: UUID, item: Item, token: str) -> Json:
    """Give an item as a finding: its answers and whether its objective is satisfied."""
    state = form.states.get(item.key, EMPTY)
    applies = form.applies.get(item.key, Applies.YES)
    suggested = form.suggested.get(item.key)
    about = suggestions.about(item, form.findings)
    related = [
        _id(base, "answer", str(n)) for n, a in enumerate(form.answers) if a.item == item.key
    ] + [_id(base, "finding", str(n)) for n, f in enumerate(form.findings) if f in about]
    target: Json = {
        "type": "objective-id",
        "target-id": token,
        "title": _line(f"{item.code} {item.text.en}"),
        "status": _status(state, applies),
    }
    if applies is not Applies.YES:
        target["implementation-status"] = {"state": "not-applicable"}
    finding: Json = {
        "uuid": _id(base, "item", item.key),
        "title": _line(f"{item.code} {item.text.ja}"),
        "description": _both(item.text),
        "props": [
            _prop("item", item.key),
            _prop("code", item.code),
            *(_prop("scope", scope.value) for scope in item.scopes),
            _prop("level", item.level.value),
            _prop("due-year", str(item.due_year)),
            _prop("control", item.control),
            *(_prop("cell", cell.value) for cell in item.cells),
            _prop("applies", applies.value),
            _prop("suggested", suggested.value if suggested else NONE),
            *_cells(state),
        ],
        "target": target,
    }
    if related:
        finding["related-observations"] = [{"observation-uuid": uuid} for uuid in related]
    return finding


def _cells(state: ItemState) -> list[Json]:
    """Give what stands in the cells of an item; a reason rides on the answer it belongs to."""
    found = [
        _prop("first", state.first.value if state.first else NONE, state.first_reason),
        _prop("second", state.second.value if state.second else NONE, state.second_reason),
    ]
    days = {
        "first-on": state.first_on,
        "target-on": state.target_on,
        "second-on": state.second_on,
        "first-as-of": state.first_as_of,
        "second-as-of": state.second_as_of,
    }
    bases = {"first-basis": state.first_basis, "second-basis": state.second_basis}
    found += [_prop(name, day.isoformat()) for name, day in days.items() if day]
    found += [_prop(name, basis.value) for name, basis in bases.items() if basis]
    return found


def _status(state: ItemState, applies: Applies) -> Json:
    """Say whether an item is satisfied: only a Yes is; unanswered and exempt say so as other."""
    if applies is not Applies.YES:
        remarks = _both(EXEMPT.fill(why=applies.value))
        return {"state": "not-satisfied", "reason": "other", "remarks": remarks}
    match state.latest:
        case Reply.YES:
            return {"state": "satisfied", "reason": "pass"}
        case Reply.NO:
            return {"state": "not-satisfied", "reason": "fail"}
        case None:
            remarks = _both(NOT_ANSWERED)
            return {"state": "not-satisfied", "reason": "other", "remarks": remarks}


def _answered(form: Form, base: UUID, people: dict[str, str], number: int) -> Json:
    """Give one answer of the history as an observation."""
    answer = form.answers[number]
    turn = answer.turn.value
    props = [
        _prop("item", answer.item),
        _prop("turn", turn),
        _prop("value", answer.value.value if answer.value else TAKEN_BACK),
        _prop("basis", answer.basis.value),
        _prop("recorded-at", _moment(answer.at)),
        _prop("checklist-revision", str(answer.revision)),
    ]
    days = {
        "checked-on": answer.checked_on,
        "target-on": answer.target_on,
        "facts-as-of": answer.as_of,
    }
    props += [_prop(name, day.isoformat()) for name, day in days.items() if day]
    props += [_prop("finding", check) for check in answer.findings]
    observation: Json = {
        "uuid": _id(base, "answer", str(number)),
        "title": _line(f"{answer.item} / {turn}"),
        "description": _both(ANSWERED.fill(item=answer.item, turn=turn)),
        "props": props,
        "methods": [METHODS[answer.basis]],
        "types": ["control-objective"],
        "origins": [{"actors": [{"type": "party", "actor-uuid": people[answer.by]}]}],
        "collected": _moment(_collected(answer)),
    }
    if answer.reason:
        observation["remarks"] = answer.reason
    return observation


def _checked(form: Form, base: UUID, number: int) -> Json:
    """Give the finding of one check as an observation, with the things concerned as evidence."""
    finding: Finding = form.findings[number]
    as_of = finding.facts_as_of
    observation: Json = {
        "uuid": _id(base, "finding", str(number)),
        "title": _line(finding.check),
        "description": _both(finding.reason),
        "props": [
            _prop("check", finding.check),
            _prop("control", finding.control),
            *(_prop("scope", scope.value) for scope in finding.scopes),
            _prop("verdict", finding.verdict.value),
            _prop("facts-as-of", as_of.isoformat() if as_of else NONE),
            _prop("alone", "yes" if finding.alone else "no"),
        ],
        "methods": [METHOD_OF_CHECK],
        "types": ["finding" if finding.verdict is Verdict.NOT_MET else "control-objective"],
        "collected": _moment(_midnight(as_of or form.as_of)),
    }
    if finding.rows:
        observation["relevant-evidence"] = [{"description": row} for row in finding.rows]
    if finding.settle is not None:
        observation["remarks"] = _both(finding.settle)
    return observation


def _attestation(form: Form, people: dict[str, str]) -> Json:
    """Give the signature as an attestation."""
    signature = form.signature
    if signature is None:
        return {}
    props = [_prop("signed-at", _moment(signature.at)), _prop("digest", signature.digest)]
    part: Json = {"name": "signature", "ns": NS, "props": props, "prose": _both(ATTESTED)}
    return {"responsible-parties": [_duty("approver", people[signature.by])], "parts": [part]}


def _edition(form: Form, base: UUID) -> Json:
    """Give the edition as a resource: what was checked against."""
    edition = form.edition
    return {
        "uuid": _id(base, "edition"),
        "title": _line(edition.name.en),
        "description": _both(edition.source),
        "props": [
            _prop("edition", edition.id),
            _prop("edition-revision", str(edition.revision)),
            _prop("edition-digest", head_of(form).edition_digest),
            _prop("fiscal-year", str(edition.fiscal_year)),
            _prop("subject", edition.subject.value),
            _prop("verified", "yes" if edition.verified else "no"),
        ],
    }


def _prop(name: str, value: str, remarks: str = "") -> Json:
    """Give a property in our namespace; its value is one line, remarks are free."""
    found: Json = {"name": name, "ns": NS, "value": _line(value)}
    return found | {"remarks": remarks} if remarks else found


def _line(words: str) -> str:
    """Make one line of words, as titles and values of OSCAL must be."""
    return " ".join(words.split()) or "—"


def _both(words: Text) -> str:
    """Give a sentence in both languages, one paragraph each."""
    return f"{words.ja}\n\n{words.en}"


def _collected(answer: Answer) -> datetime:
    """Give the moment an answer speaks of: the day of the check, else when it was recorded."""
    return _midnight(answer.checked_on) if answer.checked_on else answer.at


def _midnight(day: date) -> datetime:
    """Give the first moment of a day in Japan."""
    return datetime.combine(day, time(), JAPAN)


def _moment(at: datetime) -> str:
    """Write a moment in universal time."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
