"""Addresses of a bulletin as addresses of ours, one for each reader: `/c/<token>` leads on, `/o/<token>.gif` is a picture (threat T12).

A token is the message, the link and a MAC over both; where it leads stands in our table, never in the address. The press cuts
the words at their fields once, so a reader costs one MAC for each link.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from urllib.parse import urlsplit
from uuid import UUID

MAC_BYTES = 10
TOKEN = re.compile(r"[A-Za-z0-9_-]{56}")
PICTURE = UUID(int=0)
"""In the place of a link: the picture that shows that a mail was opened."""
TRAP = 0
"""The number of the link that only machines see."""
LONGEST_ADDRESS, MOST_LINKS = 2_000, 500
HREF = re.compile(r"""(<(?:a|area)\b[^>]*?\shref\s*=\s*)(?:"(https?://[^"]*)"|'(https?://[^']*)')""", re.I)
PLAIN_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]+", re.I)
ENDS = ".,;:!?…"
END_OF_BODY = re.compile(r"</body\s*>", re.I)


def addresses_in(html: str, text: str) -> list[str]:
    """Every address that can be kept, once, in the order of their first use. One with fields of the reader in it cannot."""
    found = [_address(one) for one in HREF.finditer(html)] + [one.group().rstrip(ENDS) for one in PLAIN_ADDRESS.finditer(text)]
    return [one for one in dict.fromkeys(found) if _may_be_kept(one)][:MOST_LINKS]


def tracked_html(html: str, numbers: Mapping[str, int], origin: str) -> str:
    """The same HTML with our addresses, the picture at its end, and before it a link that no person sees."""

    def ours(found: re.Match[str]) -> str:
        number = numbers.get(_address(found))
        return found.group() if number is None else f'{found.group(1)}"{_click(origin, number)}"'

    seen = HREF.sub(ours, html)
    trap = f'<a href="{_click(origin, TRAP)}" style="display:none" tabindex="-1" aria-hidden="true"></a>' if numbers else ""
    picture = f'<img src="{escape(origin)}/o/{{{{ _o }}}}.gif" width="1" height="1" alt="" style="display:block;border:0">'
    end = next(reversed(list(END_OF_BODY.finditer(seen))), None)
    at = end.start() if end else len(seen)
    return f"{seen[:at]}{trap}{picture}{seen[at:]}"


def tracked_text(text: str, numbers: Mapping[str, int], origin: str) -> str:
    def ours(found: re.Match[str]) -> str:
        address = found.group().rstrip(ENDS)
        number = numbers.get(address)
        return found.group() if number is None else _click(origin, number) + found.group()[len(address) :]

    return PLAIN_ADDRESS.sub(ours, text)


class Tokens:
    """One bulletin's links, ready to be printed for each reader as the fields `_o` and `_c<number>`."""

    def __init__(self, links: Mapping[int, UUID], key: bytes) -> None:
        self.links = [("_o", PICTURE.bytes), *((f"_c{number}", link.bytes) for number, link in links.items())]
        self.keyed = _keyed(key)

    def of(self, message: UUID) -> dict[str, str]:
        return {name: _token(message.bytes, link, self.keyed) for name, link in self.links}


def token_of(message: UUID, link: UUID, *, key: bytes) -> str:
    return _token(message.bytes, link.bytes, _keyed(key))


def read_token(token: str, *, keys: Sequence[bytes]) -> tuple[UUID, UUID] | None:
    """The message and the link (PICTURE for none) that one of these keys made it for; None for what is not ours."""
    if not TOKEN.fullmatch(token):
        return None
    raw = base64.urlsafe_b64decode(token)
    for key in keys:
        mac = _keyed(key).copy()
        mac.update(raw[:32])
        if hmac.compare_digest(raw[32:], mac.digest()):
            return UUID(bytes=raw[:16]), UUID(bytes=raw[16:32])
    return None


def _click(origin: str, number: int) -> str:
    return f"{escape(origin)}/c/{{{{ _c{number} }}}}"


def _address(found: re.Match[str]) -> str:
    return unescape(found.group(2) or found.group(3)).strip()


def _may_be_kept(address: str) -> bool:
    if "{{" in address or len(address) > LONGEST_ADDRESS or any(letter < "!" for letter in address):
        return False
    try:
        at = urlsplit(address)
        return bool(at.hostname) and at.username is None and (at.port or 1) > 0
    except ValueError:
        return False


def _keyed(key: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=MAC_BYTES, key=hashlib.sha256(key).digest(), person=b"tracked link")


def _token(message: bytes, link: bytes, keyed: hashlib.blake2b) -> str:
    mac = keyed.copy()
    mac.update(message + link)
    return base64.urlsafe_b64encode(message + link + mac.digest()).decode()
