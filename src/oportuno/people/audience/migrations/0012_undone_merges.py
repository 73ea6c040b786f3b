from django.db import migrations

# A joining that was undone needs its snapshots no more: they would keep what somebody asked to be forgotten.
# The owner of the table passes its policies for this statement: the rows are of every organisation.
EMPTY = """
ALTER TABLE contact_merge NO FORCE ROW LEVEL SECURITY;
UPDATE contact_merge SET gone = '{}', before = '{}', after = '{}', moved = '{}', aside = '{}' WHERE undone_at IS NOT NULL AND gone <> '{}';
ALTER TABLE contact_merge FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_audience", "0011_own_field_values")]
    operations = [migrations.RunSQL(EMPTY, migrations.RunSQL.noop)]
