from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2024, 1, 1, tzinfo=UTC)  # before any market, so that a demo may tell of last year
VERSION = "2026-11"
WORDS = {
    "bulletin": (
        "Autorizo a {organisation} a enviarme su boletín por correo electrónico y a tratar mis datos para ello (Ley 1581 de 2012). "
        "Puedo retirar la autorización cuando quiera, con el enlace que trae cada correo.",
        "I agree that {organisation} sends me its bulletin by e-mail and handles my data for that (Colombia's Law 1581 of 2012). "
        "I can withdraw whenever I like, with the link in every mail.",
    ),
    "answer": (
        "Autorizo a {organisation} a usar mis datos para responder mi pregunta (Ley 1581 de 2012). "
        "Puedo pedir que los corrija o los borre cuando quiera.",
        "I agree that {organisation} uses my data to answer my question (Colombia's Law 1581 of 2012). "
        "I can ask for them to be corrected or erased whenever I like.",
    ),
    "offers": (
        "Autorizo a {organisation} a enviarme ofertas por correo electrónico. Puedo retirar la autorización cuando quiera.",
        "I agree that {organisation} sends me offers by e-mail. I can withdraw whenever I like.",
    ),
}


def write(apps, schema_editor):
    ConsentText = apps.get_model("oportuno_audience", "ConsentText")
    for purpose, (spanish, english) in WORDS.items():
        ConsentText.objects.get_or_create(
            organisation_id=None, purpose=purpose, version=VERSION, defaults={"words_es": spanish, "words_en": english, "since": SINCE}
        )


class Migration(migrations.Migration):
    dependencies = [("oportuno_audience", "0002_locks")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
