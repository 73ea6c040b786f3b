"""Asking a WordPress. All goes through kernel.web: public addresses alone, bounded in time and size."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.web import Fetched, fetch

PAGE = 100  # the most that WordPress gives at once
SECONDS = 30.0
LARGEST = 50 * 2**20
MOST_PAGES = 10_000


class Unanswered(Refusal):
    """The other side refused, or answered what no WordPress does. `status` in `data`; `code` is WordPress's own word for it."""


class Remote:
    """One WordPress. `user` and `password`: of an application password (users' profile, since WordPress 5.6)."""

    def __init__(self, address: str, user: str, password: str) -> None:
        """Raises Refusal for an address over which a password would travel in the open."""
        parts = urlsplit(address.strip() if "://" in address else f"https://{address.strip()}")
        self.address = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        if parts.scheme != "https" and parts.netloc not in settings.WEB_ALLOW:
            raise Refusal(_("The address must begin with https://: otherwise anybody on the way reads the password."), field="address")
        token = base64.b64encode(f"{user.strip()}:{password.strip()}".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}", "Accept": "application/json"}
        self._root = ""

    def me(self) -> dict[str, Any]:
        """Who we are there: asks, so that a wrong password is told at once. Raises Refusal."""
        found = self.one("users/me", context="edit")
        if not isinstance(found, dict):
            raise Unanswered(_("This address does not answer as a WordPress does."))
        return found

    def about(self) -> dict[str, Any]:
        """Name and description of the site."""
        self._find()
        told: dict[str, Any] = json.loads(self._answer("GET", self._root).body)
        return told

    def one(self, path: str, **query: Any) -> Any:
        return json.loads(self._ask("GET", path, query=query).body)

    def all(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Everything of a kind, the oldest first; a hundred in memory."""
        for number in range(1, MOST_PAGES):
            answer = self._ask("GET", path, query={"per_page": PAGE, "page": number, "order": "asc", "orderby": "id", **query})
            rows = json.loads(answer.body)
            if not isinstance(rows, list):
                raise Unanswered(_("This address does not answer as a WordPress does."))
            yield from rows
            pages = answer.headers.get("x-wp-totalpages", "")
            if not rows or not pages.isdecimal() or number >= int(pages):
                return

    def send(self, path: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """Make or change something there."""
        body = json.dumps(said, ensure_ascii=False).encode()
        told: dict[str, Any] = json.loads(self._ask("POST", path, body=body, headers={"Content-Type": "application/json"}).body)
        return told

    def upload(self, name: str, mime: str, body: bytes) -> dict[str, Any]:
        """A file for its library."""
        headers = {"Content-Type": mime, "Content-Disposition": f'attachment; filename="{name}"'}
        told: dict[str, Any] = json.loads(self._ask("POST", "media", body=body, headers=headers).body)
        return told

    def _find(self) -> None:
        """Where its API is: below /wp-json/, or, without permanent links, behind a question mark."""
        for root in (f"{self.address}/wp-json/", f"{self.address}/?rest_route=/"):
            answer = fetch(root, headers={"Accept": "application/json"}, seconds=SECONDS, limit=LARGEST)
            if answer.status == 200 and "wp/v2" in _namespaces(answer):
                self._root = root
                return
        raise Unanswered(_("There is no WordPress at this address, or it hides its API (wp-json)."), field="address")

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched:
        if not self._root:
            self._find()
        asked = urlencode({name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in (query or {}).items()})
        joint = ("&" if "?" in self._root else "?") if asked else ""
        return self._answer(method, f"{self._root}wp/v2/{path}{joint}{asked}", body, headers or {})

    def _answer(self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
        answer = fetch(address, method=method, headers={**self._headers, **(headers or {})}, body=body, seconds=SECONDS, limit=LARGEST)
        if 200 <= answer.status < 300:
            return answer
        code = _code(answer)
        if answer.status in (401, 403):
            sentence = _("WordPress does not let this user in, or not that far: check the user and the application password.")
            raise Unanswered(sentence, field="password", status=answer.status, code=code)
        raise Unanswered(
            _("WordPress answered %(status)s (%(code)s).") % {"status": answer.status, "code": code or "?"}, status=answer.status, code=code
        )


def _namespaces(answer: Fetched) -> list[str]:
    try:
        return list(json.loads(answer.body)["namespaces"])
    except (ValueError, KeyError, TypeError):
        return []


def _code(answer: Fetched) -> str:
    try:
        return str(json.loads(answer.body).get("code", ""))[:80]
    except (ValueError, AttributeError):
        return ""
