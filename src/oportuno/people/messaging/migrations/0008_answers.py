"""Where answers to a bulletin go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oportuno_messaging", "0007_identities")]

    operations = [
        migrations.AddField("mailframe", "reply_to", models.CharField(blank=True, default="", max_length=254)),
    ]
