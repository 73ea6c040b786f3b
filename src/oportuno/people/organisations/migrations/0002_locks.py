from django.db import migrations

from oportuno.kernel.isolation import Isolate


class Migration(migrations.Migration):
    dependencies = [("oportuno_organisations", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [Isolate("Membership", person="person_id"), Isolate("Invitation"), Isolate("ApiKey")]
