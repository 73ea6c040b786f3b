"""Why a mail did not arrive, and whether its address will ever work: words first, then codes.

Enhanced codes: RFC 3463 and the register of RFC 5248. Many servers send codes that say less than their words, some
send false ones, so words that are known win over codes, and a bare 5.0.0 says only "permanent".
"""

from __future__ import annotations

import re
from typing import Final

from oportuno.people.messaging.rules.incoming.phrases import reason_told

HARD: Final = frozenset({"userunknown", "hostunknown", "hasmoved", "notaccept"})
"""There is no such address. All else may end: a full mailbox, a list of senders, a broken server."""

UNDEFINED: Final = "undefined"
BY_STATUS: Final[dict[str, str]] = {
    "1.0": "userunknown", "1.1": "userunknown", "1.2": "hostunknown", "1.3": "userunknown", "1.4": "filtered", "1.5": "filtered",
    "1.6": "hasmoved", "1.7": "rejected", "1.8": "rejected", "1.9": "notaccept", "1.10": "notaccept",
    "2.0": "filtered", "2.1": "suspend", "2.2": "mailboxfull", "2.3": "mesgtoobig", "2.4": "filtered",
    "3.1": "systemfull", "3.2": "notaccept", "3.3": "systemerror", "3.4": "mesgtoobig", "3.5": "systemerror", "3.0": "systemerror",
    "4.0": "networkerror", "4.1": "expired", "4.2": "networkerror", "4.3": "systemerror", "4.4": "hostunknown", "4.5": "systemfull",
    "4.6": "networkerror", "4.7": "expired", "4.14": "networkerror", "4.300": "expired", "4.310": "hostunknown", "4.316": "networkerror",
    "5.3": "systemerror", "5.5": "systemerror",
    "6.0": "contenterror", "6.1": "contenterror", "6.2": "contenterror", "6.3": "contenterror", "6.5": "contenterror",
    "6.6": "contenterror", "6.7": "contenterror", "6.9": "contenterror",
    "7.0": "securityerror", "7.1": "securityerror", "7.2": "filtered", "7.3": "securityerror", "7.4": "securityerror",
    "7.5": "securityerror", "7.6": "securityerror", "7.7": "securityerror", "7.8": "securityerror", "7.9": "securityerror",
    "7.13": "suspend", "7.17": "hasmoved", "7.18": "hasmoved", "7.20": "authfailure", "7.21": "authfailure", "7.22": "authfailure",
    "7.23": "authfailure", "7.24": "authfailure", "7.25": "requireptr", "7.26": "authfailure", "7.27": "notaccept", "7.28": "speeding",
    "7.64": "norelaying",
}  # fmt: skip
BY_REPLY: Final[dict[str, str]] = {
    "421": "systemerror", "450": "userunknown", "451": "systemerror", "452": "systemfull", "521": "notaccept", "525": "suspend",
    "551": "hasmoved", "552": "mailboxfull", "553": "userunknown", "556": "notaccept",
}  # fmt: skip
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]\d)")
REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-:#;,)]|$)")
AT_DATA = re.compile(r"in reply to (?:the )?end of data|after (?:the )?end of data|in reply to DATA|>>> DATA\b", re.I)
AT_RCPT = re.compile(r"\b5\.1\.\d|need rcpt|no valid rec|>>> RCPT|in reply to RCPT|\b50[34] ", re.I)


def enhanced_code(text: str) -> str:
    """The first that says something, such as 5.1.1; one that says only its class when there is no other."""
    codes = [".".join(one) for one in ENHANCED.findall(text[:4000])]
    return next((code for code in codes if not code.endswith(".0.0")), codes[0] if codes else "")


def reply_code(text: str) -> str:
    found = REPLY.search(text[:4000])
    return found.group(1) if found else ""


def reason_of(told: str, status: str) -> str:
    """Why, from what was said and the code of the report."""
    inner = enhanced_code(told)
    code = inner if inner and (not status or status.endswith(".0.0") or status[2:] in ("3.0", "4.7")) else status
    by_code = BY_STATUS.get(code[2:], "")
    said = reason_told(told)
    if said == "userunknown" and refused_the_mail(told):
        return "filtered"
    if by_code == "userunknown" and said in (
        "",
        "policyviolation",
        "securityerror",
        "systemerror",
        "contenterror",
        "expired",
        "networkerror",
    ):
        return by_code
    if said:
        return said
    if by_code:
        return by_code
    return BY_REPLY.get(reply_code(told), UNDEFINED)


def refused_the_mail(told: str) -> bool:
    """Whether it took the recipient, and only then did not want this mail, whatever it calls that."""
    return bool(AT_DATA.search(told)) and not AT_RCPT.search(told)


def is_hard(reason: str, *, status: str, told: str, delayed: bool) -> bool:
    """Whether nobody should write to this address again."""
    if delayed:
        return False
    if reason in HARD:
        return True
    if reason != UNDEFINED:
        return False
    code = status or enhanced_code(told)
    return not code.startswith("4") and not reply_code(told).startswith("4")
