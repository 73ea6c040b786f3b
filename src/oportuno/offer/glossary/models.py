"""Terms of the market, and what sellers propose."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import pgettext_lazy

from oportuno.kernel.isolation import PrivateModel
from oportuno.offer.glossary.rules import said as rules
from oportuno.offer.glossary.rules.said import Language, Reference, Said


class Term(PrivateModel):
    """A word of the trade; a row of the operator's. `published`: anybody reads it.

    `sort_…` and `letter_…` are made of the names, "" where it has none in that language. `see` names other terms. `linked`: documents that
    name it lead to it. `credited_id`: the organisation that proposed it, None for the market's own.
    """

    slug = models.SlugField(max_length=50)
    published = models.BooleanField(default=False)
    name_es = models.CharField(max_length=80, blank=True, default="")
    name_en = models.CharField(max_length=80, blank=True, default="")
    others_es = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    others_en = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    sort_es = models.CharField(max_length=160, blank=True, default="")
    sort_en = models.CharField(max_length=160, blank=True, default="")
    letter_es = models.CharField(max_length=1, blank=True, default="")
    letter_en = models.CharField(max_length=1, blank=True, default="")
    line_es = models.CharField(max_length=300, blank=True, default="")
    line_en = models.CharField(max_length=300, blank=True, default="")
    body_es = models.JSONField(default=dict, blank=True)
    body_en = models.JSONField(default=dict, blank=True)
    see = ArrayField(models.SlugField(max_length=50), default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    sector = models.SlugField(max_length=60, blank=True, default="")
    linked = models.BooleanField(default=True)
    credited_id = models.IntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_by_id = models.UUIDField(null=True)
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "glossary_term"
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "slug"], name="glossary_term_slug"),
            models.CheckConstraint(condition=~models.Q(name_es="") | ~models.Q(name_en=""), name="glossary_term_named"),
            models.CheckConstraint(
                condition=models.Q(published=False)
                | (~models.Q(name_es="") & ~models.Q(line_es=""))
                | (~models.Q(name_en="") & ~models.Q(line_en="")),
                name="glossary_term_shown_explained",
            ),
        ]
        indexes = [
            models.Index(fields=["slug"], name="glossary_term_address"),
            models.Index(fields=["letter_es", "sort_es", "id"], name="glossary_term_es", condition=models.Q(published=True)),
            models.Index(fields=["letter_en", "sort_en", "id"], name="glossary_term_en", condition=models.Q(published=True)),
            models.Index(fields=["organisation_id", "sort_es", "id"], name="glossary_term_desk"),
            models.Index(fields=["changed_at"], name="glossary_term_changed"),
            GinIndex(fields=["see"], name="glossary_term_see"),
        ]

    def __str__(self) -> str:
        return self.name_es or self.name_en

    def in_language(self, language: Language) -> bool:
        """Whether it can be read in that language."""
        return bool(self.name_in(language) and self.line_in(language))

    def name_in(self, language: Language) -> str:
        return str(getattr(self, f"name_{language}"))

    def line_in(self, language: Language) -> str:
        return str(getattr(self, f"line_{language}"))

    @property
    def said(self) -> Said:
        return Said(
            name_es=self.name_es, name_en=self.name_en, others_es=tuple(self.others_es), others_en=tuple(self.others_en),
            line_es=self.line_es, line_en=self.line_en, body_es=self.body_es, body_en=self.body_en, see=tuple(self.see),
            references=tuple(Reference(one["text"], one.get("address", "")) for one in self.references), sector=self.sector, linked=self.linked,
        )  # fmt: skip

    def take(self, said: Said) -> None:
        """Make these words its own, in memory."""
        for name, value in rules.write(said).items():
            setattr(self, name, list(value) if isinstance(value, tuple) else value)
        for language in rules.LANGUAGES:
            name = self.name_in(language)
            setattr(self, f"sort_{language}", rules.bare(name))
            setattr(self, f"letter_{language}", rules.letter(name) if name else "")


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("proposal", "Waiting for the market")
    CHANGES = "changes", pgettext_lazy("proposal", "Changes asked for")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Taken into the glossary")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "Taken back")


class Proposal(PrivateModel):
    """What a seller would like to read in the glossary. Never public itself: what is accepted becomes a term of the market.

    `term` is the slug of the term that it would change, "" for a new one; after acceptance of the one that it became.
    """

    term = models.SlugField(max_length=50, blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    name = models.CharField(max_length=80)
    said = models.JSONField()
    note = models.CharField(max_length=500, blank=True, default="")
    answer = models.CharField(max_length=1000, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    sent_at = models.DateTimeField()
    decided_by_id = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "glossary_proposal"
        indexes = [
            models.Index(fields=["sent_at"], name="glossary_proposal_queue", condition=models.Q(state="waiting")),
            models.Index(fields=["organisation_id", "-sent_at", "-id"], name="glossary_proposal_own"),
        ]

    def __str__(self) -> str:
        return self.name
