"""An import, from the file to the shelf. It can stop anywhere and go on from where it was."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import OrganisationField, PrivateModel, SiblingKey


class ImportRun(PrivateModel):
    """One file on its way in.

    reading → comparing → ready → applying → done, or cancelled, or failed. Each phase leaves how far it came
    (`read_line`, `compared_row`, `applied_row`) in the transaction of its work. `ready` waits for a person's word;
    until then nothing of the catalogue has changed.
    """

    class State(models.TextChoices):
        READING = "reading", _("Reading the file")
        COMPARING = "comparing", _("Comparing with your catalogue")
        READY = "ready", _("Ready for your decision")
        APPLYING = "applying", _("Writing")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be read")

    name = models.CharField(max_length=200)
    path = models.TextField()
    size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    dry_run = models.BooleanField(default=True)
    keep_good = models.BooleanField(default=True)
    format = models.CharField(max_length=16, blank=True, default="")
    encoding = models.CharField(max_length=24, blank=True, default="")
    language = models.CharField(max_length=2, blank=True, default="")
    currency = models.CharField(max_length=3)
    point_of_sale_id = models.UUIDField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    read_bytes = models.BigIntegerField(default=0)
    read_line = models.PositiveIntegerField(default=0)
    compared_row = models.PositiveIntegerField(default=0)
    applied_row = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    ignored = models.JSONField(default=list)
    notes = models.JSONField(default=dict)
    trouble = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "import_run"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="import_run_latest")]

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.CANCELLED, self.State.FAILED)

    @property
    def is_working(self) -> bool:
        return self.state in (self.State.READING, self.State.COMPARING, self.State.APPLYING)


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


class ImportProblem(PrivateModel):
    """Why a row did not go in. `code` and `data` become a sentence in the reader's language (queries.problems)."""

    run = SiblingKey(ImportRun, db_index=False)
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=80, blank=True, default="")
    code = models.CharField(max_length=40)
    data = models.JSONField(default=dict)

    class Meta:
        db_table = "import_problem"
        indexes = [models.Index(fields=["run", "line", "id"], name="import_problem_of_run")]
