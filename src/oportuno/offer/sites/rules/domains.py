"""Names of hosts that an organisation may bring, and how it proves that they are its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
LONGEST = 253
PROOF = "_oportuno"
"""The proof stands in a TXT record of this name below the domain."""
RESERVED_ENDS = ("localhost", "local", "internal", "invalid", "onion", "arpa", "test")
MISSED = 3
"""Days in a row without the proof; then the domain is not served any more."""


def read_name(typed: str) -> str:
    """The host name as DNS writes it: lower case, Punycode, no scheme, path or port. Raises ValueError for what is none."""
    name = typed.strip().lower().removeprefix("https://").removeprefix("http://").split("/", 1)[0].rstrip(".")
    try:
        name = name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        raise ValueError(typed) from None
    labels = name.split(".")
    if len(name) > LONGEST or len(labels) < 2 or not all(LABEL.match(one) for one in labels) or labels[-1].isdigit():
        raise ValueError(typed)
    if labels[-1] in RESERVED_ENDS:
        raise ValueError(typed)
    return name


def is_label(name: str) -> bool:
    """Whether a name may stand before a dot in the name of a host."""
    return LABEL.match(name) is not None


def label_below(name: str, host: str) -> str | None:
    """What stands before the host of sites: "" for the host itself, None for a name that is not below it."""
    return "" if name == host else name.removesuffix(f".{host}") if name.endswith(f".{host}") else None


def proof_name(name: str) -> str:
    return f"{PROOF}.{name}"


def proves(records: Iterable[str], token: str) -> bool:
    """Whether one of the TXT records is this token, whatever stands around it."""
    return any(one.strip().strip('"') == token for one in records)


def is_below(name: str, hosts: Iterable[str]) -> bool:
    """Whether a name is one of these hosts, or below one."""
    return any(name == host or name.endswith(f".{host}") for host in hosts if host)
