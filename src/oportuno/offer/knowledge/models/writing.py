"""What is written of an article: the draft, what it cites, and versions that nobody changes any more."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from oportuno.kernel.isolation import PrivateModel, SiblingKey

from .articles import Article


class Draft(PrivateModel):
    """Where one writes. `texts`: {"es": {"title", "summary", "document", "who", "problem", "done", "result"}, "en": …}, the last four of a case.

    `bylines`: [{"given", "family", "affiliation", "orcid", "author"}] in order; `figures`: [{"es", "en", "before", "after", "unit"}].
    `filing`: {"categories", "tags", "sector", "slug", "about_seller", "picture"}, which lists follow at the next publication,
    and {"persona", "stage"}, which nobody outside sees: the article has them at once.
    `stroke` grows each time it is kept, so that two writers notice each other. `news`: what changes with the next version, in Spanish or in the one language there is.
    """

    article = SiblingKey(Article, on_delete=models.CASCADE)
    stroke = models.PositiveIntegerField(default=1)
    texts = models.JSONField(default=dict)
    bylines = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    filing = models.JSONField(default=dict)
    news = models.CharField(max_length=300, blank=True, default="")
    news_en = models.CharField(max_length=300, blank=True, default="")
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "knowledge_draft"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "article"], name="knowledge_draft_one")]


class Reference(PrivateModel):
    """A source that the draft cites as `[@key]`. `csl` is one item of CSL-JSON without its id, which is the key."""

    article = SiblingKey(Article, on_delete=models.CASCADE)
    key = models.CharField(max_length=60)
    csl = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "knowledge_reference"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "article", "key"], name="knowledge_reference_key")]


class Version(PrivateModel):
    """What was published at one time; the database lets nobody change what it says. `references`: CSL-JSON with ids, in the order cited.

    `by_*`: who published it, `approved_*`: who of the market let it. `published` as its article: older ones are read by their address.
    """

    article = SiblingKey(Article, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    published = models.BooleanField(default=True)
    texts = models.JSONField(default=dict)
    bylines = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    references = models.JSONField(default=list)
    news = models.CharField(max_length=300, blank=True, default="")
    news_en = models.CharField(max_length=300, blank=True, default="")
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, blank=True, default="")
    approved_by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "knowledge_version"
        constraints = [models.UniqueConstraint(fields=["organisation_id", "article", "number"], name="knowledge_version_number")]

    @property
    def news_told(self) -> str:
        """What changed, in the reader's language if it was said in it."""
        return self.news_en if self.news_en and (get_language() or "").startswith("en") else self.news
