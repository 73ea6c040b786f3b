from django.db import migrations

# What an import asks the planner about, and no more: looking at every column, and at what indexes reckon from names and tags,
# took a tenth of the time of an import. The rest is looked at by the server itself, soon after.
STATISTICS = """
CREATE OR REPLACE FUNCTION contact_statistics(stage boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF stage THEN
        ANALYZE contact_import_row (run_id, number), contact_import_key (run_id, number, kind, key),
            contact_import_match (run_id, number, leader, contact_id, what);
    ELSE
        ANALYZE contact (id, organisation_id), contact_identity (organisation_id, contact_id, kind, key, shared),
            consent (id, contact_id), consent_state (organisation_id, contact_id, channel, purpose);
    END IF;
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION contact_statistics(stage boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF stage THEN
        ANALYZE contact_import_row, contact_import_key, contact_import_match;
    ELSE
        ANALYZE contact, contact_identity, consent, consent_state;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_audience", "0012_undone_merges")]
    operations = [migrations.RunSQL(STATISTICS, BEFORE)]
