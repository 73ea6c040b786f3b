"""Forms of sites, what was answered, and how often each day."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel, SiblingKey
from oportuno.offer.sites.models.entries import Entry


class FormState(models.TextChoices):
    """Whether anybody may answer it."""

    DRAFT = "draft", pgettext_lazy("form", "Draft")
    OPEN = "open", pgettext_lazy("form", "Open")
    ARCHIVED = "archived", pgettext_lazy("form", "Archived")


class Invites(models.TextChoices):
    """To what a form invites besides, by a box of its own that nobody has to tick."""

    NOTHING = "", _("Nothing more")
    BULLETIN = "bulletin", _("The bulletin")
    OFFERS = "offers", _("Offers")


class Form(PrivateModel):
    """Questions that visitors answer. `questions` are rules.forms.Question; `retired` those taken away, for answers that have them.

    `at_once`: how many questions are asked at a time, 0 for all. `tells`: persons who hear of answers by mail; `tags`: what contacts get.
    `words` is what one agrees to, empty for the market's words; `words_version` counts its changes. `published`: open, and its site is.
    """

    title = models.CharField(max_length=120)
    slug = models.CharField(max_length=90)
    intro = models.CharField(max_length=600, blank=True, default="")
    state = models.CharField(max_length=8, choices=FormState.choices, default=FormState.DRAFT)
    published = models.BooleanField(default=False)
    questions = models.JSONField(default=list)
    retired = models.JSONField(default=list)
    at_once = models.PositiveSmallIntegerField(default=0)
    button = models.CharField(max_length=60, blank=True, default="")
    thanks = models.CharField(max_length=1000, blank=True, default="")
    leads_to = SiblingKey(Entry, on_delete=models.SET_NULL, null=True)
    tells = ArrayField(models.UUIDField(), default=list)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    words = models.TextField(max_length=2000, blank=True, default="")
    words_version = models.PositiveIntegerField(default=0)
    invites = models.CharField(max_length=12, choices=Invites.choices, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "site_form"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="site_form_slug"),
            models.CheckConstraint(condition=models.Q(published=False) | models.Q(state="open"), name="site_form_published_as_stated"),
        ]
        indexes = [models.Index(fields=["organisation_id", "state", "-changed_at", "-id"], name="site_form_desk")]

    def __str__(self) -> str:
        return self.title


class FormAnswer(PrivateModel):
    """What somebody answered: {key: value}; of a file {"document": its id, "name"}. `proven`: she was recognised, not only named.

    Evidence of what she agreed to stays here with its words: `agreed_to`, of `words_version`, from `address`. `source`: the page it came from.
    """

    form = SiblingKey(Form, on_delete=models.CASCADE, db_index=False)
    contact_id = models.UUIDField(null=True)
    visitor_id = models.UUIDField(null=True)
    proven = models.BooleanField(default=False)
    values = models.JSONField(default=dict)
    agreed_to = models.TextField(blank=True, default="")
    words_version = models.CharField(max_length=20, blank=True, default="")
    invited = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True, default="")
    address = models.GenericIPAddressField(null=True)
    source = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "site_form_answer"
        indexes = [
            models.Index(fields=["form", "-at", "-id"], name="site_form_answer_latest"),
            models.Index(fields=["contact_id"], condition=models.Q(contact_id__isnull=False), name="site_form_answer_contact"),
            models.Index(fields=["visitor_id"], condition=models.Q(visitor_id__isnull=False), name="site_form_answer_visitor"),
        ]


class FormDay(PrivateModel):
    """How often a form was seen and answered on one day (UTC)."""

    form = SiblingKey(Form, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "site_form_day"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "form", "day"], name="site_form_day_once")]
