from django.db import migrations

from oportuno.kernel.isolation import Isolate


class Migration(migrations.Migration):
    dependencies = [("oportuno_messaging", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [Isolate("Message"), Isolate("Suppression"), Isolate("Letterhead")]
