"""One address for one thing, however it was copied."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKING = re.compile(
    r"^(utm_.*|mc_[ce]id|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|igsh|twclid|ttclid|li_fat_id|_hs(enc|mi)|vero_(id|conv)"
    r"|oly_(anon|enc)_id|wickedid|ck_subscriber_id|mkt_tok|ref_src|ref_url|feature|si|pp|ab_channel|spm|scm|cmpid|_ga|_gl|trk|trkcampaign)$",
    re.IGNORECASE,
)
"""Parameters that say who sent somebody, and nothing of what is there."""
PORTS = {"http": 80, "https": 443}
YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
FILM = re.compile(r"[\w-]{11}")
LONGEST = 2_000


def canonical(address: str) -> str:
    """The same address for all copies of it: without tracking, fragment and usual port, parameters in order; films by their id.

    Raises ValueError for what is no address of the web.
    """
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme.lower() not in PORTS or "." not in host or len(address) > LONGEST or parts.username is not None:
        raise ValueError("address")
    if film := film_at(address):
        return f"https://www.youtube.com/watch?v={film}"
    port = parts.port
    place = host if port in (None, PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    kept = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(name))
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", urlencode(kept), ""))


def film_at(address: str) -> str:
    """The id of a film at YouTube, or ""."""
    parts = urlsplit(address.strip())
    host, steps = (parts.hostname or "").lower(), [step for step in parts.path.split("/") if step]
    if host not in YOUTUBE_HOSTS:
        return ""
    if host == "youtu.be" or (steps and steps[0] in ("embed", "shorts", "live", "v")):
        found = steps[-1] if steps else ""
    else:
        found = dict(parse_qsl(parts.query)).get("v", "")
    return found if FILM.fullmatch(found) else ""


def host_of(address: str) -> str:
    """The site, as people call it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
