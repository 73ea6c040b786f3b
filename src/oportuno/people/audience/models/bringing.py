"""Contacts on their way in: a file, what it says, and what it would change."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel import imports
from oportuno.kernel.isolation import OrganisationField, SiblingKey


class ContactImport(imports.TableRun):
    """One file of contacts.

    mapping → reading → comparing → ready → applying → done (→ undone), or cancelled, or failed. `mapping` and `ready` wait for
    a person's word; until `applying` nothing of the contacts has changed. `consent` is the evidence for advertising, for the whole file:
    {purposes, how, words, at}; empty: nobody in it agreed. `mapping` is heading → what it is; `examples` are a few cells.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("Waiting for you to look at its columns")
        READING = "reading", _("Reading the file")
        COMPARING = "comparing", _("Comparing with your contacts")
        READY = "ready", _("Ready for your decision")
        APPLYING = "applying", _("Writing")
        DONE = "done", _("Done")
        UNDONE = "undone", pgettext_lazy("import", "Undone")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be read")

    job = "audience.import"
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    fill_only = models.BooleanField(default=False)
    program = models.CharField(max_length=16, blank=True, default="")
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    examples = models.JSONField(default=dict)
    consent = models.JSONField(default=dict)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    twins = models.PositiveIntegerField(default=0)
    tidied = models.BooleanField(default=False)

    class Meta:
        db_table = "contact_import"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="contact_import_latest")]


class Staged(models.Model):
    """A row of the stage: unlogged, written by COPY, gone when the import is tidied away. A power cut empties it, and the file is read again."""

    organisation_id = OrganisationField()
    run_id = models.UUIDField()
    number = models.PositiveIntegerField()

    class Meta:
        abstract = True


class ImportedRow(Staged):
    """What a file says of one contact. `said` is what a vCard says in its own words."""

    pk = models.CompositePrimaryKey("run_id", "number")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, db_collation="C")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    company_name = models.CharField(max_length=160)
    job_title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    stage = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    country = models.CharField(max_length=2)
    place = models.CharField(max_length=120)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=20)
    standing = models.CharField(max_length=4)
    note = models.TextField()
    tags = ArrayField(models.CharField(max_length=40))
    fields = models.JSONField()
    said = models.JSONField(null=True)

    class Meta:
        db_table = "contact_import_row"


class ImportedKey(Staged):
    """An address that a row says, in its order: e-mails first."""

    pk = models.CompositePrimaryKey("run_id", "number", "position")
    position = models.SmallIntegerField()
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=400)
    key = models.CharField(max_length=400, db_collation="C")

    class Meta:
        db_table = "contact_import_key"


class ImportedMatch(Staged):
    """What a row is: whom it means, and what it would change.

    `leader` is the earlier row of the file that means the same person; `by` is the kind of address that told so.
    `changes` is {what: [before, after]}, as undoing needs it.
    """

    class What(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("The same")
        TWIN = "twin", _("Twice in the file")

    pk = models.CompositePrimaryKey("run_id", "number")
    leader = models.PositiveIntegerField(null=True)
    contact_id = models.UUIDField(null=True)
    by = models.CharField(max_length=8)
    what = models.CharField(max_length=8, choices=What.choices, null=True)
    changes = models.JSONField(null=True)

    class Meta:
        db_table = "contact_import_match"
        indexes = [
            models.Index(fields=["run_id", "what", "number"], name="contact_import_match_what"),
            models.Index(fields=["run_id", "leader"], condition=models.Q(leader__isnull=False), name="contact_import_match_leader"),
        ]


class ImportedProblem(imports.Problem):
    run = SiblingKey(ContactImport, db_index=False)

    class Meta:
        db_table = "contact_import_problem"
        indexes = [models.Index(fields=["run", "line", "id"], name="contact_import_problem_of_run")]
