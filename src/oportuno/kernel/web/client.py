"""Fetching, bounded in time, size and redirects."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.web.deadline import transport_until
from oportuno.kernel.web.places import Place, place_of

SECONDS = 5.0
BYTES = 10 * 2**20
REDIRECTS = 3
AGENT = "Oportuno/1 (+marketplace)"


class NotReachable(Refusal):
    """The other side did not answer as it should. In `data`: `again`, whether trying later may help, and `sent`, which is

    False only when nothing of the request can have arrived.
    """


@dataclass(frozen=True)
class Fetched:
    """An answer. `body` is whole: longer ones are refused, not cut."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def fetch(
    address: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = SECONDS,
    limit: int = BYTES,
) -> Fetched:
    """Ask a public web address. Redirects (at most three, GET only) are checked like the first address.

    `seconds` bounds the whole exchange, `limit` the body in bytes. Never show the body to whoever gave the address.
    Raises NotPublic before anything is sent, NotReachable when there is no proper answer.
    """
    deadline = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        place = place_of(address)
        answer = _ask(place, method, dict(headers or {}), body, deadline, limit)
        if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
            return answer
        if method != "GET":
            raise NotReachable(_("The address answered with a redirect."), again=False)
        address = urljoin(address, answer.headers["location"])
        headers = {}  # whatever was meant for the first address stays there
    raise NotReachable(_("The address redirects too often."), again=False)


def _ask(place: Place, method: str, headers: dict[str, str], body: bytes | None, deadline: float, limit: int) -> Fetched:
    host = place.host if place.port in (80, 443) else f"{place.host}:{place.port}"
    ip = f"[{place.ip}]" if ":" in place.ip else place.ip
    target = place.url._replace(netloc=f"{ip}:{place.port}", fragment="").geturl()
    left = deadline - time.monotonic()
    if left <= 0:
        raise NotReachable(_("The address took too long to answer."), again=True, sent=False)
    try:
        with httpx.Client(transport=transport_until(deadline), timeout=left, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(
                method,
                target,
                headers={"Accept-Encoding": "identity", "User-Agent": AGENT, **headers, "Host": host},
                content=body,
                extensions={"sni_hostname": place.host},
            )
            response = client.send(request, stream=True)
            try:
                return Fetched(place.url.geturl(), response.status_code, dict(response.headers), _bounded(response, deadline, limit))
            finally:
                response.close()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        before = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.UnsupportedProtocol)
        raise NotReachable(_("The address could not be reached."), again=True, sent=not before) from error


def _bounded(response: httpx.Response, deadline: float, limit: int) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > limit:
            raise NotReachable(_("What lies at this address is too big."), again=False)
        if time.monotonic() > deadline:
            raise NotReachable(_("The address took too long to answer."), again=True)
        chunks.append(chunk)
    return b"".join(chunks)
