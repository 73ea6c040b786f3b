import django.contrib.postgres.fields
from django.db import migrations, models

import oportuno.kernel.isolation.context
import oportuno.kernel.isolation.models
from oportuno.kernel.isolation import Isolate

# Rows change where they stand while there is room on their page; a fact may touch one for each thing that a contact does.
ROOM = "ALTER TABLE contact_deed SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)"


class Migration(migrations.Migration):
    dependencies = [("oportuno_segments", "0001_initial"), ("oportuno_audience", "0009_merging")]

    operations = [
        migrations.CreateModel(
            name="DeedKept",
            fields=[
                ("deed", models.IntegerField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "deed_kept"},
        ),
        migrations.CreateModel(
            name="ContactDeed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organisation_id", "deed", "about", "contact_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organisation_id",
                    oportuno.kernel.isolation.models.OrganisationField(
                        default=oportuno.kernel.isolation.context.acting_organisation, editable=False
                    ),
                ),
                ("deed", models.IntegerField()),
                ("about", models.CharField(blank=True, default="", max_length=200)),
                ("contact_id", models.UUIDField()),
                ("times", models.IntegerField()),
                ("first", models.DateTimeField()),
                ("last", models.DateTimeField()),
                ("moments", django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None)),
                ("answered", models.IntegerField(default=0)),
            ],
            options={
                "db_table": "contact_deed",
                "indexes": [models.Index(fields=["organisation_id", "contact_id"], name="contact_deed_contact")],
            },
        ),
        Isolate("ContactDeed"),
        migrations.RunSQL(ROOM, migrations.RunSQL.noop),
    ]
