"""How many readers each slot of a throttled campaign has: one moment for all pushed back whoever was asked for late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_campaigns", "0002_results")]

    operations = [
        migrations.AddField("campaign", "slots", models.JSONField(default=dict)),
        migrations.RemoveField("campaign", "slot_used"),
    ]
