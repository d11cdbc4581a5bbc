"""The audit trail, and the seal of its newest entry kept apart."""

from django.db import models

from mamori.store.models.base import AppendOnly


class AuditEntry(AppendOnly):
    """One sealed line of the trail; `detail` is kept as the text that was sealed."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    organisation = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=200)
    outcome = models.CharField(max_length=8)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)


class AuditHead(models.Model):
    """Number and seal of the newest entry: one row, locked while an entry is added."""

    number = models.PositiveBigIntegerField()
    seal = models.CharField(max_length=64)
