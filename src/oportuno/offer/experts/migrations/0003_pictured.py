"""Media writes down itself what these documents show."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("oportuno_media", "0002_uses"), ("oportuno_experts", "0002_answers_of_the_market")]

    operations = [
        migrations.RunSQL(
            "SET CONSTRAINTS ALL IMMEDIATE; SELECT media_watch('expert_answer', 'document', 'draft');",
            "DROP TRIGGER media_used ON expert_answer;",
        )
    ]
