from datetime import UTC, datetime

from django.db import migrations, models

SINCE = datetime(2024, 1, 1, tzinfo=UTC)  # as the words before
VERSION = "2026-11"
PURPOSES = [
    ("bulletin", "Bulletin"),
    ("answer", "Answer to a question"),
    ("offers", "Offers"),
    ("replies", "Replies to a comment"),
    ("topics", "News of a topic asked for"),
]
WORDS = {
    "replies": (
        "Autorizo a {organisation} a escribirme cuando alguien responda a mis comentarios y a tratar mis datos para ello (Ley 1581 de 2012). "
        "Puedo retirar la autorización cuando quiera, con el enlace que trae cada correo.",
        "I agree that {organisation} writes to me when somebody replies to my comments and handles my data for that "
        "(Colombia's Law 1581 of 2012). I can withdraw whenever I like, with the link in every mail.",
    ),
    "topics": (
        "Autorizo a {organisation} a escribirme cuando publique sobre los temas que pedí y a tratar mis datos para ello (Ley 1581 de 2012). "
        "Puedo retirar la autorización cuando quiera, con el enlace que trae cada correo.",
        "I agree that {organisation} writes to me when it publishes on topics that I asked for and handles my data for that "
        "(Colombia's Law 1581 of 2012). I can withdraw whenever I like, with the link in every mail.",
    ),
}


def write(apps, schema_editor):
    ConsentText = apps.get_model("oportuno_audience", "ConsentText")
    for purpose, (spanish, english) in WORDS.items():
        ConsentText.objects.get_or_create(
            organisation_id=None, purpose=purpose, version=VERSION, defaults={"words_es": spanish, "words_en": english, "since": SINCE}
        )


def purpose():
    return models.CharField(choices=PURPOSES, max_length=12)


class Migration(migrations.Migration):
    dependencies = [("oportuno_audience", "0003_words")]
    operations = [
        migrations.AlterField("consent", "purpose", purpose()),
        migrations.AlterField("consentstate", "purpose", purpose()),
        migrations.AlterField("consenttext", "purpose", purpose()),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
