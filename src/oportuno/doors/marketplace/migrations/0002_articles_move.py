"""Articles live in the knowledge centre now. Each takes its words along, its owner, its day and its place in search."""

from django.db import migrations

TABLES = ("knowledge_article", "knowledge_draft", "knowledge_version")
OPEN = "".join(f"ALTER TABLE {one} NO FORCE ROW LEVEL SECURITY;" for one in TABLES)
CLOSE = "".join(f"ALTER TABLE {one} FORCE ROW LEVEL SECURITY;" for one in TABLES)
MOVE = (
    "SET CONSTRAINTS ALL IMMEDIATE;"  # what is checked at the end would keep the tables from being locked again
    + OPEN
    + """
CREATE FUNCTION pg_temp.blocks(paragraphs text[]) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('version', 1, 'blocks', coalesce(jsonb_agg(jsonb_build_object('type', 'text', 'text',
        replace(replace(replace(p, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')) ORDER BY n), '[]'::jsonb)) FROM unnest(paragraphs) WITH ORDINALITY AS t(p, n)
$$;
CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, a.*, nextval('knowledge_number') AS number,
    jsonb_strip_nulls(jsonb_build_object(
        'es', jsonb_build_object('title', a.title_es, 'summary', left(coalesce(a.body_es[1], ''), 600), 'document', pg_temp.blocks(a.body_es)),
        'en', CASE WHEN a.title_en <> '' THEN jsonb_build_object('title', a.title_en, 'summary', left(coalesce(a.body_en[1], ''), 600),
            'document', pg_temp.blocks(a.body_en)) END)) AS texts,
    jsonb_build_array(jsonb_build_object('given', '', 'family', a.seller_name, 'affiliation', '', 'orcid', '', 'author', '')) AS bylines
FROM (SELECT o.id AS organisation_id, o.kind = 'operator' AS of_market, old.* FROM (SELECT slug, seller_slug, seller_name, title_es, title_en,
    body_es, body_en, tags, at FROM article WHERE published) AS old JOIN organisation o ON o.slug = old.seller_slug ORDER BY at OFFSET 0) AS a;
INSERT INTO knowledge_article (id, organisation_id, kind, state, review, published, of_market, number, slug, slug_before, title_es, title_en,
    summary_es, summary_en, words_es, words_en, byline, categories, tags, sector, authors, cited, live, created_at, changed_at, first_published_at,
    published_at, withdrawn_why)
SELECT id, organisation_id, 'article', 'published', '', true, of_market, number, slug, slug, title_es, title_en, left(coalesce(body_es[1], ''), 600),
    left(coalesce(body_en[1], ''), 600), cardinality(regexp_split_to_array(array_to_string(body_es, ' '), '\\s+')),
    cardinality(regexp_split_to_array(array_to_string(body_en, ' '), '\\s+')), seller_name, '{}', tags, '', '{}', 0, 1, at, at, at, at, '' FROM moved;
INSERT INTO knowledge_draft (id, organisation_id, article_id, stroke, texts, bylines, figures, filing, news, news_en, by_name, at)
SELECT gen_random_uuid(), organisation_id, id, 1, texts, bylines, '[]', jsonb_build_object('tags', to_jsonb(tags), 'slug', slug), '', '', '', at FROM moved;
INSERT INTO knowledge_version (id, organisation_id, article_id, number, published, texts, bylines, figures, "references", news, news_en, by_name, at)
SELECT gen_random_uuid(), organisation_id, id, 1, true, texts, bylines, '[]', '[]', '', '', '', at FROM moved;
UPDATE search_document d SET key = 'content:' || m.id, url = '/conocimiento/' || m.number || '-' || m.slug || '/' FROM moved m
WHERE d.key = 'content:' || m.slug;
DROP FUNCTION pg_temp.blocks(text[]);
"""
    + CLOSE
)


class Migration(migrations.Migration):
    dependencies = [
        ("oportuno_marketplace", "0001_initial"),
        ("oportuno_knowledge", "0001_initial"),
        ("oportuno_organisations", "0001_initial"),
        ("oportuno_search", "0002_index"),
    ]
    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop), migrations.DeleteModel(name="Article")]
