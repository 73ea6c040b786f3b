"""An import from WordPress, from the file to the site. It can stop anywhere and go on from where it was."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel import imports
from oportuno.kernel.isolation import OrganisationField, PrivateModel, SiblingKey


class WordpressRun(imports.Run):
    """One file, or one running WordPress, on its way in.

    checking → ready → bringing → done, or cancelled, failed, undone. `ready` waits for a person's word; until then nothing of the site has
    changed. `read_items` and `brought_items` are how far each phase came, in the transaction of its work.
    `source` names the WordPress it is of: things are brought once from each source. `remote` is how a running one is reached, sealed,
    until it was asked; `outward`: our site goes there.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Reading the file")
        READY = "ready", _("Ready for your decision")
        BRINGING = "bringing", pgettext_lazy("import", "Bringing it in")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        FAILED = "failed", _("Could not be read")
        UNDONE = "undone", _("Taken back")

    job = "wordpress.bring"
    name = models.CharField(max_length=200)
    path = models.TextField(blank=True, default="")
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    dry_run = models.BooleanField(default=True)
    remote = models.TextField(blank=True, default="")
    outward = models.BooleanField(default=False)
    version = models.CharField(max_length=8, blank=True, default="")
    source = models.CharField(max_length=300, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    read_bytes = models.BigIntegerField(default=0)
    read_items = models.PositiveIntegerField(default=0)
    planned = models.BooleanField(default=False)
    brought_items = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=dict)
    redirects = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(default=dict)
    by_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "wordpress_run"
        indexes = [models.Index(fields=["organisation_id", "-id"], name="wordpress_run_latest")]


class WordpressItem(models.Model):
    """An item of a run's file: what it is, and what becomes of it. `place` is its order in the file.

    `link` is its old address below the host; `address` that of an attachment's file. `said` is all else that somebody asks about it;
    `notes` what has no equivalent: [[sort, name, times]].
    """

    class What(models.TextChoices):
        NEW = "new", pgettext_lazy("item", "New")
        CHANGED = "changed", pgettext_lazy("item", "Changed")
        SAME = "same", pgettext_lazy("item", "The same")
        KEPT = "kept", pgettext_lazy("item", "Kept as it is here")
        ASIDE = "aside", pgettext_lazy("item", "No page or post")

    id = models.BigAutoField(primary_key=True)
    organisation_id = OrganisationField()
    run = SiblingKey(WordpressRun, db_index=False)
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    status = models.CharField(max_length=40)
    slug = models.CharField(max_length=400)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=500)
    parent = models.CharField(max_length=40)
    address = models.CharField(max_length=2000, blank=True, default="")
    digest = models.CharField(max_length=32)
    what = models.CharField(max_length=8, choices=What.choices, default=What.ASIDE)
    entry_id = models.UUIDField(null=True)
    path = models.CharField(max_length=400, blank=True, default="")
    said = models.JSONField(default=dict)
    notes = models.JSONField(default=list)

    class Meta:
        db_table = "wordpress_item"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "run", "place"], name="wordpress_item_place")]
        indexes = [
            models.Index(fields=["run", "number"], name="wordpress_item_number"),
            models.Index(fields=["run", "parent"], name="wordpress_item_below", condition=models.Q(kind="attachment")),
            models.Index(fields=["run", "link"], name="wordpress_item_link", condition=~models.Q(path="")),
        ]


class Brought(PrivateModel):
    """What became of a post or page of a source: its entry, the revision that brought it, and what the source said then.

    `waits` are files that it names and that have not come yet; `picture_id` the one that stands above it.
    """

    source = models.CharField(max_length=300)
    number = models.CharField(max_length=40)
    digest = models.CharField(max_length=32)
    entry_id = models.UUIDField()
    revision = models.PositiveIntegerField()
    run_id = models.UUIDField(null=True)
    first_run_id = models.UUIDField(null=True)
    waits = ArrayField(models.UUIDField(), default=list)
    picture_id = models.UUIDField(null=True)

    class Meta:
        db_table = "wordpress_brought"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "source", "number"], name="wordpress_brought_once")]
        indexes = [
            models.Index(fields=["first_run_id"], name="wordpress_brought_by"),
            GinIndex(fields=["waits"], name="wordpress_brought_waits"),
        ]


class BroughtFile(PrivateModel):
    """A file that brought pieces show. Until it is `here`, they name it by `id`; then by the library's `item_id`.

    `gone`: it could not be had, for the reason `why`; `tries` counts.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file", "On its way")
        HERE = "here", pgettext_lazy("file", "Here")
        GONE = "gone", pgettext_lazy("file", "Not to be had")

    sort = models.CharField(max_length=8)
    address = models.CharField(max_length=2000)
    alt = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    item_id = models.UUIDField(null=True)
    why = models.CharField(max_length=300, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    run_id = models.UUIDField()
    settled = models.BooleanField(default=False)

    class Meta:
        db_table = "wordpress_file"
        indexes = [
            models.Index(fields=["run_id", "state"], name="wordpress_file_run"),
            models.Index(fields=["organisation_id", "id"], name="wordpress_file_next", condition=models.Q(state="waiting")),
        ]
