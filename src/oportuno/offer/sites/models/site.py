"""The place of an organisation, and the names under which it is found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.isolation import PrivateModel, SiblingKey


class Site(PrivateModel):
    """One per organisation. `opened_at`: its owner shows it; `allowed`: the market lets it be shown; `published`: both.

    `menus` is {"main": […], "footer": […]} of rules.menus.Item; `look` is the theme and what was adjusted in it.
    `cadence_days`: within how many a post is due, 0 for never; `silence_told_at`: when its team heard that none came.
    """

    title = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True, default="")
    description = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=2, default="es")
    logo = SiblingKey("oportuno_media.Picture", on_delete=models.SET_NULL, null=True)
    blog_title = models.CharField(max_length=120, blank=True, default="")
    blog_description = models.CharField(max_length=300, blank=True, default="")
    menus = models.JSONField(default=dict)
    theme = models.CharField(max_length=60, default="revista")
    look = models.JSONField(default=dict)
    home = SiblingKey("oportuno_sites.Entry", on_delete=models.SET_NULL, null=True)
    comments_open = models.BooleanField(default=True)
    cadence_days = models.PositiveSmallIntegerField(default=30)
    silence_told_at = models.DateTimeField(null=True)
    allowed = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "site"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id"], name="site_one_each"),
            models.CheckConstraint(
                condition=models.Q(published=False) | models.Q(allowed=True, opened_at__isnull=False), name="site_published_as_allowed"
            ),
        ]


class Redirect(PrivateModel):
    """What was at `path` is now an entry, or at `target`. Paths as in Entry; `published` as its site."""

    path = models.CharField(max_length=400)
    entry = SiblingKey("oportuno_sites.Entry", on_delete=models.CASCADE, null=True)
    target = models.CharField(max_length=1000, blank=True, default="")
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "site_redirect"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "path"], name="site_redirect_once")]


class DomainState(models.TextChoices):
    """Whether the name is proved to be theirs."""

    WAITING = "waiting", _("Waiting for proof")
    PROVED = "proved", _("In use")
    LOST = "lost", _("Proof is gone")


class Domain(PrivateModel):
    """A host name of an organisation's own. It counts while the DNS says so (`published`); removed, it is free for anybody who proves it."""

    name = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=DomainState.choices, default=DomainState.WAITING)
    main = models.BooleanField(default=False)
    published = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    missed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "site_domain"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name"], name="site_domain_once"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(published=True), name="site_domain_one_owner"),
            models.UniqueConstraint(fields=["organisation_id"], condition=models.Q(main=True), name="site_domain_one_main"),
        ]
