"""Editions as they were when answered, checklists, and everything that happened to them."""

from django.db import models

from mamori.store.models.base import AppendOnly
from mamori.store.models.organisations import Member, Organisation


class EditionRow(AppendOnly):
    """An edition, word for word, from the moment it first had a checklist; never changed."""

    edition = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["edition", "revision"], name="an_edition_is_immutable"),
        )


class Checklist(models.Model):
    """One list of one facility (and one vendor, on vendor lists) for one edition.

    `state` and `revision` repeat what the newest event says, so that lists are answered by SQL.
    """

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="checklists")
    vendor = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="vendor_checklists"
    )
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT)
    edition_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default="open")
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["facility", "edition_name", "vendor"],
                condition=models.Q(vendor__isnull=False),
                name="one_vendor_list_per_edition",
            ),
            models.UniqueConstraint(
                fields=["facility", "edition_name"],
                condition=models.Q(vendor__isnull=True),
                name="one_own_list_per_edition",
            ),
        )


class AnswerRow(AppendOnly):
    """One answer given on one day; a later one follows it, none replaces it."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    item = models.CharField(max_length=40)
    turn = models.CharField(max_length=6)
    value = models.CharField(max_length=3, blank=True)
    checked_on = models.DateField(null=True)
    target_on = models.DateField(null=True)
    basis = models.CharField(max_length=11)
    reason = models.TextField(blank=True)
    as_of = models.DateField(null=True)
    findings = models.JSONField(default=list)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["checklist", "number"], name="answers_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(value__in=["", "yes", "no"]), name="an_answer_is_yes_or_no"
            ),
            models.CheckConstraint(
                condition=models.Q(value="") | models.Q(checked_on__isnull=False),
                name="an_answer_has_its_date",
            ),
            models.CheckConstraint(
                condition=models.Q(target_on__isnull=True) | models.Q(value="no", turn="first"),
                name="a_target_goes_with_a_first_no",
            ),
        )


class ChecklistEvent(AppendOnly):
    """A step of a checklist from one state to the next, with its reason and what was signed."""

    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    revision = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["checklist", "number"], name="events_are_numbered"),
        )
