"""What a seller has in the knowledge centre: something on show, something that waits, so that no table of it is empty when its locks are tried."""

from __future__ import annotations

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.knowledge.testing import show_article, subject
from oportuno.offer.media import api as media
from oportuno.people.organisations.testing import Actor

SOURCE = {"id": "fuente2020", "type": "book", "issued": {"date-parts": [[2020]]}}


def own_knowledge(owner: Actor, name: str) -> None:
    """Acts for the owner's organisation, which is on show."""
    by, at = owner.member, now()
    subject()
    source = {**SOURCE, "title": f"{name} fuente"}
    words = {"es": f"{name} sabe", "en": f"{name} knows"}
    slug = f"sabe-{by.organisation.slug}"[:50]
    show_article(slug=slug, kind="case", seller=by.organisation.slug, title=words, body=words, references=[source], tags=[name[:50]], at=at)
    draft = knowledge.begin_article(kind="article", title=f"{name} borrador", by=by, at=at)
    drawn = media.draw_pictures([media.Drawing("rose", "red", 1)], at=at)[0]
    text = {"summary": name, "document": {"blocks": [{"type": "text", "text": name}]}}
    knowledge.keep_draft(article=draft.pk, texts={"es": text}, filing={"categories": ["poscosecha"], "picture": drawn.pk}, by=by, at=at)
    knowledge.keep_source(article=draft.pk, source=None, csl=source, by=by, at=at)
    with for_market("a test hands in", organisation=by.organisation.pk):
        knowledge.hand_in(article=draft.pk, note=name, by=by, at=at)
