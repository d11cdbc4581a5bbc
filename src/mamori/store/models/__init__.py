"""Tables, one module a topic: shape and constraints, no rules."""

from mamori.store.models.audit import AuditEntry, AuditHead
from mamori.store.models.checklists import AnswerRow, Checklist, ChecklistEvent, EditionRow
from mamori.store.models.findings import CheckRun, FindingRow
from mamori.store.models.ledger import (
    ApparatusHistory,
    ApparatusRow,
    ColumnMapping,
    Import,
    ImportReject,
    ImportUndo,
    ManagementReport,
    ReportConfirmation,
)
from mamori.store.models.organisations import Contract, Member, Membership, Organisation

__all__ = [
    "AnswerRow",
    "ApparatusHistory",
    "ApparatusRow",
    "AuditEntry",
    "AuditHead",
    "CheckRun",
    "Checklist",
    "ChecklistEvent",
    "ColumnMapping",
    "Contract",
    "EditionRow",
    "FindingRow",
    "Import",
    "ImportReject",
    "ImportUndo",
    "ManagementReport",
    "Member",
    "Membership",
    "Organisation",
    "ReportConfirmation",
]
