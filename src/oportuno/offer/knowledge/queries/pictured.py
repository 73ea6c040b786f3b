"""Which articles show a thing of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.offer.knowledge.models import Article, Draft, Version
from oportuno.offer.media.api import Use, holders_of


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Articles and cases of the organisation we act for that show these things, in what is written or in what is on show. Four queries."""
    held = holders_of(items, "knowledge_draft", "knowledge_version")
    drafts = dict(Draft.objects.filter(pk__in=[row for row, _item in held["knowledge_draft"]]).values_list("pk", "article_id"))
    live = Version.objects.filter(pk__in=[row for row, _item in held["knowledge_version"]], number=F("article__live"))
    rows = {**drafts, **dict(live.values_list("pk", "article_id"))}
    found = sorted({(rows[row], item) for pairs in held.values() for row, item in pairs if row in rows})
    titles = {one.pk: str(one) for one in Article.objects.filter(pk__in=[article for article, _item in found])}
    told: dict[UUID, list[Use]] = defaultdict(list)
    for article, item in found:
        label = _("Knowledge: %(title)s") % {"title": titles.get(article) or _("Untitled")}
        told[item].append(Use(label, reverse("knowledge-desk:article", args=[slug, article]) if slug else ""))
    return told
