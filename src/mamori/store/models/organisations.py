"""Organisations in their tree, their members, and who maintains what for whom."""

from django.db import models

from mamori.core.organisations import OrganisationKind


class Organisation(models.Model):
    """A facility, vendor or authority; `code` is its short name in commands and files."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in OrganisationKind])
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    prefecture = models.CharField(max_length=2, blank=True)
    beds = models.PositiveIntegerField(null=True)
    is_demonstration = models.BooleanField(default=False)
    # None: not yet said. Known from contracts as soon as there is one.
    has_vendor = models.BooleanField(null=True)
    created_at = models.DateTimeField()


class Member(models.Model):
    """A person who acts in Mamori; `name` is the short name given to --as."""

    name = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=200)
    os_user = models.CharField(max_length=100, null=True, unique=True)  # noqa: DJ001 - unique when given
    created_at = models.DateTimeField()


class Membership(models.Model):
    """One role a member holds in one organisation, from a day on; ended by its last day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=30)
    since = models.DateField()
    until = models.DateField(null=True)
    appointed_by = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["member", "organisation", "role", "since"], name="one_row_per_term"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="a_term_ends_after_it_begins",
            ),
        )


class Contract(models.Model):
    """What a vendor does for a facility. `remote_maintenance` None: nobody has said."""

    facility = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contracts")
    vendor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clients")
    systems = models.CharField(max_length=400, blank=True)
    is_direct = models.BooleanField(default=True)
    remote_maintenance = models.BooleanField(null=True)
    begins = models.DateField()
    ends = models.DateField(null=True)
    recorded_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["facility", "vendor", "begins"], name="one_contract_per_start"
            ),
        )
