"""Tables, one module a topic: shape and constraints, no rules."""

from mamori.store.models.audit import AuditEntry, AuditHead
from mamori.store.models.checklists import AnswerRow, Checklist, ChecklistEvent, EditionRow
from mamori.store.models.findings import CheckRun, FindingRow
from mamori.store.models.organisations import Contract, Member, Membership, Organisation

__all__ = [
    "AnswerRow",
    "AuditEntry",
    "AuditHead",
    "CheckRun",
    "Checklist",
    "ChecklistEvent",
    "Contract",
    "EditionRow",
    "FindingRow",
    "Member",
    "Membership",
    "Organisation",
]
