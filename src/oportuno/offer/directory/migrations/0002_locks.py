from django.db import migrations

from oportuno.kernel.isolation import Isolate


class Migration(migrations.Migration):
    dependencies = [("oportuno_directory", "0001_initial"), ("oportuno_media", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [
        Isolate("Seller", public="published"),
        Isolate("SellerSector", public="published"),
        Isolate("SellerPlace", public="published"),
        Isolate("PointOfSale", public="published"),
        Isolate("StandingChange"),
        Isolate("TaxNumber"),
        Isolate("Application"),
        Isolate("Turn"),
        Isolate("Evidence"),
        Isolate("Decision"),
        Isolate("Certification", public="published"),
        Isolate("Reminder"),
        Isolate("Commitment"),
        Isolate("Milestone"),
        Isolate("PlanStep"),
    ]
