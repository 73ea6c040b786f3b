"""How the facts of messaging read in a contact's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.people.audience.api import name_group, tell_of


def describe() -> None:
    """Called once at start."""
    name_group("mail", gettext_lazy("Mail"))
    tell_of("messaging.message_sent", group="mail", icon="mail", sentence=lambda happened: _("Got a mail from us"))
    tell_of("messaging.mail_answered", group="mail", icon="mail-opened", sentence=lambda happened: _("Answered a mail of ours"))
    tell_of("messaging.message_failed", group="mail", icon="alert-circle", sentence=lambda happened: _("A mail could not be delivered"))
    tell_of("messaging.message_held_back", group="mail", icon="hand-stop", sentence=lambda happened: _("A mail was held back"))
    tell_of("messaging.address_suppressed", group="mail", icon="ban", sentence=lambda happened: _("Is not written to any more"))
