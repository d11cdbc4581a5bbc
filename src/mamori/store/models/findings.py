"""What the checks said, run by run; appended, never updated."""

from django.db import models

from mamori.store.models.base import AppendOnly
from mamori.store.models.organisations import Member, Organisation


class CheckRun(AppendOnly):
    """One run of every check for one facility, as of one day."""

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")


class FindingRow(AppendOnly):
    """What one check said about one control in one run."""

    run = models.ForeignKey(CheckRun, on_delete=models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=120)
    control = models.CharField(max_length=120)
    scopes = models.JSONField(default=list)
    verdict = models.CharField(max_length=14)
    reason_ja = models.TextField()
    reason_en = models.TextField()
    settle_ja = models.TextField(blank=True)
    settle_en = models.TextField(blank=True)
    facts_as_of = models.DateField(null=True)
    rows = models.JSONField(default=list)
    alone = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "check_id"], name="one_finding_per_check_and_run"
            ),
        )
