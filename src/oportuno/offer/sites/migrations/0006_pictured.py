"""Media writes down itself what these documents show."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oportuno_media", "0002_uses"), ("oportuno_sites", "0005_forms")]

    operations = [
        migrations.RunSQL(
            "SET CONSTRAINTS ALL IMMEDIATE; SELECT media_watch('site_entry', 'document'); SELECT media_watch('site_revision', 'document');",
            "DROP TRIGGER media_used ON site_entry; DROP TRIGGER media_used ON site_revision;",
        )
    ]
