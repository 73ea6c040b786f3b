"""An import, from the file to the shelf. It can stop anywhere and go on from where it was."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel import imports
from oportuno.kernel.isolation import OrganisationField, SiblingKey


class ImportRun(imports.TableRun):
    """One file on its way in.

    reading → comparing → ready → applying → done, or cancelled, or failed. `ready` waits for a person's word;
    until then nothing of the catalogue has changed. Comparing leaves how far it came, too (`compared_row`).
    """

    class State(models.TextChoices):
        READING = "reading", _("Reading the file")
        COMPARING = "comparing", _("Comparing with your catalogue")
        READY = "ready", _("Ready for your decision")
        APPLYING = "applying", _("Writing")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be read")

    job = "catalogue.import"
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    keep_good = models.BooleanField(default=True)
    format = models.CharField(max_length=16, blank=True, default="")
    language = models.CharField(max_length=2, blank=True, default="")
    currency = models.CharField(max_length=3)
    point_of_sale_id = models.UUIDField(null=True, blank=True)
    compared_row = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list)

    class Meta:
        db_table = "import_run"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="import_run_latest")]


class ImportRow(models.Model):
    """One row of a file between reading and writing: the stage.

    The table is unlogged: a power cut empties it, and the run reads its file again. `number` orders the work: products
    first, then their variants. `record` is what the file says, made plain; what may be long
    stands apart in `texts`, so that asking for the rest does not unpack it each time; `changes` are [field, before, after].
    """

    class What(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("The same")
        WRONG = "wrong", _("Wrong")

    id = models.BigAutoField(primary_key=True)
    organisation_id = OrganisationField()
    run = SiblingKey(ImportRun, db_index=False)
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    sku = models.CharField(max_length=80, null=True)
    ref = models.CharField(max_length=80, null=True)
    parent = models.CharField(max_length=80, null=True)
    twin = models.CharField(max_length=340, null=True)
    gtin = models.CharField(max_length=14, null=True)
    what = models.CharField(max_length=8, choices=What.choices, null=True)
    offer_id = models.UUIDField()
    product_id = models.UUIDField(null=True)
    variant_id = models.UUIDField(null=True)
    owns = models.BooleanField(default=True)
    record = models.JSONField()
    texts = models.JSONField(default=dict)
    changes = models.JSONField(null=True)

    class Meta:
        db_table = "import_row"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "run", "number"], name="import_row_number"),
            models.UniqueConstraint(fields=["organisation_id", "run", "sku"], name="import_row_sku"),
            models.UniqueConstraint(fields=["organisation_id", "run", "twin"], name="import_row_twin"),
        ]
        indexes = [
            models.Index(fields=["run", "ref"], name="import_row_ref", condition=models.Q(ref__isnull=False)),
            models.Index(fields=["run", "gtin"], name="import_row_gtin", condition=models.Q(gtin__isnull=False)),
            models.Index(fields=["run", "what", "number"], name="import_row_what"),
        ]


class ImportProblem(imports.Problem):
    """Its sentences: queries.problems."""

    run = SiblingKey(ImportRun, db_index=False)

    class Meta:
        db_table = "import_problem"
        indexes = [models.Index(fields=["run", "line", "id"], name="import_problem_of_run")]
