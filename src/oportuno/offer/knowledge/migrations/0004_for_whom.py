from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_knowledge", "0003_pictured")]

    operations = [
        migrations.AddField("article", "persona", models.SlugField(blank=True, default="", db_default="", max_length=60)),
        migrations.AddField("article", "stage", models.SlugField(blank=True, default="", db_default="", max_length=20)),
    ]
