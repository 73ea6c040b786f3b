"""Results of a campaign, readers for whom nothing of it is meant, and what a series leaves out."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_campaigns", "0001_initial")]

    operations = [
        migrations.AddField("campaign", "unfit", models.PositiveIntegerField(default=0)),
        migrations.AddField("campaign", "counted_days", models.PositiveSmallIntegerField(default=7)),
        migrations.AddField("series", "fits", models.BooleanField(default=True)),
        migrations.AddField(
            "series",
            "skipped",
            django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=600), blank=True, default=list, size=None),
        ),
    ]
