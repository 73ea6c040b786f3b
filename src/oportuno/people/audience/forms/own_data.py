"""Forms of whoever looks at what is kept of herself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oportuno.people.audience.api.forms import EmailField, PublicForm
from oportuno.people.audience.forms.writing import countries
from oportuno.people.audience.models import Contact
from oportuno.people.audience.queries.mine import Held


class OwnLinkForm(PublicForm):
    """Under which address?"""

    email = EmailField(label=_("Your e-mail"), max_length=254)


class CorrectionForm(forms.Form):
    """What a person may correct of what an organisation knows of her."""

    display_name = forms.CharField(label=_("Whole name"), required=False, max_length=160)
    given_name = forms.CharField(label=_("Given name"), required=False, max_length=80)
    family_name = forms.CharField(label=_("Family name"), required=False, max_length=80)
    job_title = forms.CharField(label=_("Position"), required=False, max_length=120)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, contact: Contact, **more: Any) -> None:
        self.contact = contact
        known = {name: getattr(contact, name) for name in self.base_fields}
        super().__init__(*args, initial=known, auto_id=f"id_{contact.pk.hex}_%s", **more)
        self.fields["country"].choices = countries()  # type: ignore[attr-defined]


def rows_of(held: Sequence[Held], sent: CorrectionForm | None = None) -> list[tuple[Held, CorrectionForm]]:
    """Each with its form; `sent` is one that could not be read."""
    return [(one, sent if sent and sent.contact.pk == one.contact.pk else CorrectionForm(contact=one.contact)) for one in held]
