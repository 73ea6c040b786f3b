"""E-mail addresses as they stand in other programs' mails."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@\[[\d.]{7,15}\]")
QUOTED = re.compile(r"\"([^\"\s@]{1,64})\"@((?:[\w-]{1,63}\.)+[\w-]{2,63})")
ROBOTS = {
    "mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "maildaemon", "postmaster", "daemon", "mdaemon", "double-bounce", "postmaster1",
    "mail.delivery.system", "mail-deamon", "noreply-maps-issues",
}  # fmt: skip
WRAPPED = re.compile(r"^(?:\s*(?:rfc822|smtp|x400|utf-8|x-local-user|unknown|local|dns|mailto)\s*[;:]\s*)+", re.I)


def addresses_in(text: str) -> list[str]:
    """All of them, in order, each once."""
    found = [clean(one) for one in ADDRESS.findall(QUOTED.sub(r"\1@\2", text))]
    return list(dict.fromkeys(one for one in found if one))


def address_in(text: str) -> str:
    """The first one, or nothing; the type that stands before it in reports is taken off."""
    found = addresses_in(WRAPPED.sub("", text[:1000]))
    return found[0] if found else ""


def clean(address: str) -> str:
    """Without what only stood beside it."""
    trimmed = address.strip("'`*~=.,;:|{}").lstrip("/&?!#-")
    local, at, domain = trimmed.rpartition("@")
    return f"{local}@{domain.lower()}" if at and local and not local.upper().startswith("IMCEA") else ""


def is_robot(address: str) -> bool:
    return address.rpartition("@")[0].lower() in ROBOTS
