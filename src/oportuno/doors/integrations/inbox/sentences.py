"""Why a mailbox cannot be read, in one sentence each, and which field of the form it is about."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _


class Placed(Protocol):
    """An account, or the row of a mailbox."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def folder(self) -> str: ...


PROBLEMS: dict[str, Any] = {
    "password": _(
        "%(host)s does not take this user and password. Many services want a password made for programs, not that of the web page."
    ),
    "unreachable": _("Nobody answers at %(host)s, port %(port)s."),
    "slow": _("%(host)s, port %(port)s, takes too long to answer."),
    "place": _("%(host)s, port %(port)s, is no mail server of the public internet. The usual ports are 993, 143, 995 and 110."),
    "certificate": _(
        "The certificate of %(host)s is not valid for that name, has run out, or nobody vouches for it; the password was not sent."
    ),
    "encryption": _("%(host)s, port %(port)s, does not speak encryption as chosen. Try the other way of encryption."),
    "clear": _("%(host)s offers no encryption at port %(port)s, so the password was not sent."),
    "folder": _("There is no folder “%(folder)s” in this mailbox."),
    "busy": _("Somebody else is reading this mailbox now; %(host)s lets in one at a time."),
    "names": _("%(host)s does not tell letters apart (UIDL); use IMAP."),
    "protocol": _("What answers at %(host)s, port %(port)s, speaks another protocol."),
    "sealed": _("Its password can no longer be read here; write it again."),
}
FIELDS = {
    "password": "password",
    "sealed": "password",
    "busy": "user",
    "folder": "folder",
    "encryption": "starttls",
    "clear": "starttls",
    "names": "kind",
}


def sentence_of(why: str, at: Placed) -> str:
    return str(PROBLEMS.get(why, PROBLEMS["protocol"])) % {"host": at.host, "port": at.port, "folder": at.folder}


def field_of(why: str) -> str:
    return FIELDS.get(why, "host")
