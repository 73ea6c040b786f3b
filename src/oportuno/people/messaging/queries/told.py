"""What stands beside a message that did not simply go out, in the reader's language. What relays say stays in their words."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

EXACT: dict[str, Callable[[], str]] = {
    "cancelled": lambda: _("Its bulletin was cancelled before it went out."),
    "no consent": lambda: _("Its reader has not agreed to this, or no longer does."),
    "excluded by the state's register": lambda: _("The state's register says that this number wants no advertising."),
    "the gateway's answer got lost": lambda: _("The gateway's answer got lost: it may have arrived."),
    "the gateway could not be reached": lambda: _("The gateway could not be reached; it is tried again."),
    "nobody saw how the try ended": lambda: _("The try was cut off: it may have arrived."),
    "nobody saw how two tries ended": lambda: _("Two tries were cut off: it may have arrived."),
    "the relay is away": lambda: _("The mail server is away; it is tried again."),
    "the network could not deliver it": lambda: _("The network could not deliver it."),
    "address: beyond ascii": lambda: _("This address has letters before the @ that most mail servers do not take."),
    "suppressed: bounce": lambda: _("This address does not exist."),
    "suppressed: soft bounces": lambda: _("This address failed too often."),
    "suppressed: complaint": lambda: _("Its reader complained about a mail."),
    "suppressed: stop": lambda: _("Its owner answered that it is enough."),
    "pace: weekly": lambda: _("Its reader wants at most one a week, and had it."),
    "pace: monthly": lambda: _("Its reader wants at most one a month, and had it."),
    "text: country": lambda: _("Texts to this number's country are not switched on."),
    "text: too long": lambda: _("With this reader's words it is empty, or too long for a text message."),
    "waits: its reader had enough for now": lambda: _("Waits: this person has had enough advertising for now."),
    "cap: organisation": lambda: _("Your texts for today are used up."),
    "cap: market": lambda: _("The market's texts for today are used up."),
    "cap: country": lambda: _("Your texts to this country for today are used up."),
    "cap: number": lambda: _("This number has got enough texts for today."),
    "cap: codes to the number": lambda: _("This number has got enough texts for this hour."),
    "cap: adjacent numbers": lambda: _("Too many texts to numbers like this one within an hour."),
}
HOURS = "waits for the hours of "


def in_words(told: str) -> str:
    """What we wrote ourselves, in words; all else as it is."""
    if told.startswith(HOURS):
        law = told.removeprefix(HOURS)
        return _("Waits for the next allowed hour (%(law)s).") % {"law": law} if law != "courtesy" else _("Waits for the morning.")
    known = EXACT.get(told)
    return known() if known else told


WHY_STOPPED: dict[str, Callable[[], str]] = {
    "complaints": lambda: _("too many of its readers called it spam"),
    "bounces": lambda: _("too many of its addresses do not exist"),
    "sender complaints": lambda: _("too many readers of your last bulletins called them spam; all of them stand still"),
    "sender bounces": lambda: _("too many addresses of your last bulletins do not exist; all of them stand still"),
}


def why_stopped(why: str) -> str:
    """What `MailFrame.stopped_why` means; nothing where a member stopped it by hand."""
    known = WHY_STOPPED.get(why)
    return known() if known else why
