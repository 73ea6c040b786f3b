from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_sites", "0006_pictured")]

    operations = [
        migrations.AddField("entry", "persona", models.SlugField(blank=True, default="", db_default="", max_length=60)),
        migrations.AddField("entry", "stage", models.SlugField(blank=True, default="", db_default="", max_length=20)),
    ]
