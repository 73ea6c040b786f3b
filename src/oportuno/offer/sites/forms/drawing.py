"""A form inside of a document, as a stranger finds it."""

from __future__ import annotations

from django.template.loader import render_to_string

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import acting
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.api.inquiries import Asked
from oportuno.offer.sites.forms.forms import AnswerForm
from oportuno.offer.sites.queries.blocks.forms import ShownForm
from oportuno.offer.sites.rules.forms import is_personal
from oportuno.people.audience.api import words_for


def draw_form(shown: ShownForm, anchor: str, language: str) -> str:
    """Its questions, one query for the words that one agrees to and one for those of its invitation."""
    form, at = shown.form, now()
    questions = inquiries.questions_for(form, ())
    consents, invites = is_personal(questions), bool(form.invites) and any(one.sort == "email" for one in questions)
    blank = AnswerForm(
        questions=questions, at=at, country=shown.organisation.country, consents=consents, invites=invites, auto_id=f"{anchor}_%s"
    )
    context = {
        "form": blank, "action": shown.address, "anchor": anchor, "button": form.button, "seen": f"{shown.address}visto.gif",
        "token": inquiries.sign_asked(form, Asked([one.key for one in questions])),
        "words": inquiries.words_of(form, shown.organisation, language, at)[0] if consents else "",
        "trial": acting().role != "public",  # in the editor it stands inside of another form, and nobody sends it
        "invitation": words_for(shown.organisation, form.invites, language, at).text if invites else "",
    }  # fmt: skip
    return render_to_string("sites/forms/form.html", context)
