"""What Django cannot say: indexes of points, prefixes and similar words, and the lock on saved searches."""

from django.db import migrations

from oportuno.kernel.isolation import Isolate

INDEXES = """
CREATE INDEX search_place_point ON search_place USING gist (point(lon, lat));
CREATE INDEX search_place_document ON search_place (document_id);
CREATE INDEX search_word_similar ON search_word USING gin (word gin_trgm_ops);
CREATE INDEX search_word_prefix ON search_word (word text_pattern_ops);
CREATE INDEX search_demand_begins ON search_demand (text text_pattern_ops);
ALTER TABLE search_document ALTER COLUMN entered SET DEFAULT fact_transaction();
CREATE INDEX search_document_entered ON search_document USING brin (entered) WITH (pages_per_range = 16);
INSERT INTO search_measure (kind, documents, title_length, length, learned) SELECT kind, 0, 8, 40, 0 FROM unnest(ARRAY['product', 'seller', 'content']) kind;
-- Lists and counts read thousands of rows: what they do not need, the whole vector and the texts, lies outside of the row.
ALTER TABLE search_document ALTER COLUMN head SET STORAGE MAIN, ALTER COLUMN tags SET STORAGE MAIN, ALTER COLUMN counted SET STORAGE MAIN,
    ALTER COLUMN words SET STORAGE EXTERNAL, ALTER COLUMN body_es SET STORAGE EXTERNAL, ALTER COLUMN body_en SET STORAGE EXTERNAL,
    SET (toast_tuple_target = 1400);
-- An import puts thousands in at once; what waits in the indexes' pending lists is slow to search.
ALTER TABLE search_document SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
"""

NO_INDEXES = """
DROP INDEX search_demand_begins; DROP INDEX search_place_point; DROP INDEX search_place_document; DROP INDEX search_word_similar; DROP INDEX search_word_prefix;
DROP INDEX search_document_entered;
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_search", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [migrations.RunSQL(INDEXES, NO_INDEXES), Isolate("SavedSearch", person="person_id", person_writes=True)]
