from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_media", "0002_uses")]
    operations = [migrations.AddField("Piece", "stage", models.SlugField(blank=True, default="", max_length=20))]
