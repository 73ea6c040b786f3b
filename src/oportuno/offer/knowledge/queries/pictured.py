"""Which articles show a thing of the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.kernel.isolation import acting_organisation
from oportuno.offer.knowledge.models import Article
from oportuno.offer.media.api import Use

IN_TEXTS = """
SELECT DISTINCT a.id, found[1] FROM knowledge_article a
JOIN LATERAL (SELECT d.texts::text || d.filing::text AS words FROM knowledge_draft d WHERE d.article_id = a.id
              UNION ALL SELECT v.texts::text FROM knowledge_version v WHERE v.article_id = a.id AND v.number = a.live) w ON true,
LATERAL regexp_matches(w.words, '"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"', 'g') found
WHERE a.organisation_id = %s AND found[1] = ANY(%s) LIMIT 1000
"""


def where_pictured(items: Sequence[UUID], slug: str) -> Mapping[UUID, Sequence[Use]]:
    """Articles and cases of the organisation we act for that show these things, in what is written or in what is on show. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(IN_TEXTS, [acting_organisation(), [str(item) for item in items]])
        found = cursor.fetchall()
    titles = {one.pk: str(one) for one in Article.objects.filter(pk__in=[article for article, _item in found])}
    told: dict[UUID, list[Use]] = defaultdict(list)
    for article, item in found:
        label = _("Knowledge: %(title)s") % {"title": titles.get(article) or _("Untitled")}
        told[UUID(item)].append(Use(label, reverse("knowledge-desk:article", args=[slug, article]) if slug else ""))
    return told
