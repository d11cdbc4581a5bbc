"""The ledger of apparatus as it is now, everything that ever changed in it, and every import."""

from django.db import models

from mamori.core.ledger import Kind, Status
from mamori.store.models.base import AppendOnly
from mamori.store.models.organisations import Member, Organisation


class Import(AppendOnly):
    """One file that was taken in: what it was, who took it in, what came of it.

    `as_of` is the day the facts hold for, `plan` how its sheets and columns were read.
    """

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20)
    source = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=10)
    as_of = models.DateField()
    counts = models.JSONField()
    plan = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["facility", "topic", "-id"], name="imports_newest_first"),)


class ImportUndo(AppendOnly):
    """An import that was taken back."""

    undone = models.OneToOneField(Import, on_delete=models.PROTECT, related_name="undo")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ImportReject(AppendOnly):
    """One row of a file that was not taken, with the cell at fault and the reason."""

    imported = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=120)
    row = models.PositiveIntegerField()
    cell = models.CharField(max_length=12, blank=True)
    is_conflict = models.BooleanField(default=False)
    reason_ja = models.TextField()
    reason_en = models.TextField()
    headings = models.JSONField(default=list)
    values = models.JSONField(default=list)


class ColumnMapping(AppendOnly):
    """What a person said the columns of a kind of file mean; the newest counts."""

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ApparatusRow(models.Model):
    """One apparatus as it stands now. Text columns hold what `core.ledger.said` gives.

    `keys` is what identifies it (joined by U+001F), `digest` the fingerprint of the row it was
    last imported from, `covered` the fields that row spoke of, `imported` what the file says
    where a person has changed it since. Not listed: the newest file no longer has it.
    """

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    control_no = models.CharField(max_length=200, blank=True)
    manufacturer = models.TextField(blank=True)
    os = models.TextField(blank=True)
    software = models.TextField(blank=True)
    software_version = models.TextField(blank=True)
    ip_address = models.TextField(blank=True)
    computer_name = models.TextField(blank=True)
    location = models.TextField(blank=True)
    users = models.TextField(blank=True)
    registered_on = models.DateField(null=True)
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Status])
    note = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    model = models.TextField(blank=True)
    serial = models.TextField(blank=True)
    mac_address = models.TextField(blank=True)
    system = models.TextField(blank=True)
    is_listed = models.BooleanField(default=True)
    source = models.CharField(max_length=60, blank=True)
    keys = models.TextField(blank=True)
    digest = models.CharField(max_length=32, blank=True)
    covered = models.TextField(blank=True)
    imported = models.JSONField(default=dict)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_import = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    last_import = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["facility", "is_listed", "control_no"], name="ledger_in_order"),
            models.Index(fields=["facility", "kind", "status"], name="ledger_by_kind"),
            models.Index(fields=["added_import"], name="added_by_an_import"),
        )


class ApparatusHistory(AppendOnly):
    """One change of one apparatus: what it said before and after, who, when, and by which file.

    `before` holds what else has to be put back when the change is undone.
    """

    apparatus = models.ForeignKey(ApparatusRow, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10)
    changes = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    imported = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ManagementReport(AppendOnly):
    """A periodic report on the ledger to management, with the figures it showed."""

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReportConfirmation(AppendOnly):
    """A member of management has received a report."""

    report = models.OneToOneField(
        ManagementReport, on_delete=models.PROTECT, related_name="confirmation"
    )
    remark = models.TextField(blank=True)
    confirmed_on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
