"""A market that is older than the knowledge centre keeps every article: its words, its owner, its day, its address and its place in search."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client

from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge import api as knowledge
from oportuno.people.organisations.testing import Actor
from tests.safety.hidden import superuser

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEFORE = """
CREATE TABLE article (id bigserial PRIMARY KEY, slug varchar(90), seller_slug varchar(60), seller_name varchar(120), title_es varchar(200),
    title_en varchar(200), body_es text[], body_en text[], tags text[], published boolean, at timestamptz);
ALTER TABLE article OWNER TO {owner};
INSERT INTO article (slug, seller_slug, seller_name, title_es, title_en, body_es, body_en, tags, published, at) VALUES
    ('viejo', '{whose}', 'El Mercado', 'Viejo', 'Old', ARRAY['Uno <b>y</b> dos & tres.', 'Cuatro.'], ARRAY['One.'], ARRAY['rosas'], true, '2024-05-01Z'),
    ('solo', '{whose}', 'El Mercado', 'Solo', '', ARRAY['Nada más.'], ARRAY[]::text[], ARRAY[]::text[], true, '2024-04-01Z'),
    ('oculto', '{whose}', 'El Mercado', 'Oculto', '', ARRAY['No.'], ARRAY[]::text[], ARRAY[]::text[], false, '2024-04-01Z')
"""


def test_an_older_market_keeps_its_articles(dario: Actor, stranger: Client) -> None:
    move = import_module("oportuno.doors.marketplace.migrations.0002_articles_move").MOVE
    with superuser() as database:
        row = database.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'knowledge_article'").fetchone()
        assert row
        database.execute(BEFORE.format(owner=row[0], whose=dario.member.organisation.slug).encode())
        with database.transaction():
            database.execute(f"SET LOCAL ROLE {row[0]}".encode())
            database.execute(move.encode())
        forced = database.execute(
            "SELECT bool_and(relforcerowsecurity) FROM pg_class WHERE relname LIKE 'knowledge\\_%' AND relkind = 'r' AND relname NOT IN ('knowledge_category', 'knowledge_count')"
        ).fetchone()
        assert forced == (True,)
    page = stranger.get("/conocimiento/viejo/", follow=True).content.decode()
    assert "Uno &lt;b&gt;y&lt;/b&gt; dos &amp; tres." in page
    assert "One." in stranger.get("/en/conocimiento/viejo/", follow=True).content.decode()
    assert stranger.get("/conocimiento/oculto/").status_code == 404
    with for_market("a test looks"):
        found = {one.slug: one for one in knowledge.Article.objects.all()}
        assert set(found) == {"viejo", "solo"}
        assert (found["solo"].number or 0) < (found["viejo"].number or 0)
        assert found["viejo"].first_published_at
        assert found["viejo"].first_published_at.year == 2024
        assert not [one for one in knowledge.lacking(found["viejo"], knowledge.draft_of(found["viejo"]), []) if one.code == "text"]
