"""The places of the earth that sellers name. Source: ../data/README.md."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).resolve().parent.parent / "data/places.csv"


def load(apps: Any, schema_editor: Any) -> None:
    place = apps.get_model("oportuno_directory", "Place")
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    place.objects.bulk_create(
        place(
            code=row["code"],
            country=row["country"],
            kind=row["kind"],
            parent_id=row["parent"] or None,
            name_es=row["name_es"],
            name_en=row["name_en"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
        )
        for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [("oportuno_directory", "0002_locks")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
