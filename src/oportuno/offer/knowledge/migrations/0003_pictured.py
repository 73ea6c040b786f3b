"""Media writes down itself what these documents show."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oportuno_media", "0002_uses"), ("oportuno_knowledge", "0002_counts")]

    operations = [
        migrations.RunSQL(
            "SET CONSTRAINTS ALL IMMEDIATE; SELECT media_watch('knowledge_draft', 'texts', 'filing'); SELECT media_watch('knowledge_version', 'texts');",
            "DROP TRIGGER media_used ON knowledge_draft; DROP TRIGGER media_used ON knowledge_version;",
        )
    ]
