"""Who opened a mail or followed its links: a person, or one of the machines that read mail before him.

`alone` says what one request shows by itself, `judge` what its neighbours add; each answers a word for the reason, nothing for a
person. Where it is not sure it says person: a machine too many counted as a person is seen in the report, a person lost is not.

Sources: Apple, "Mail Privacy Protection" (pictures fetched by a proxy whether read or not, agent "Mozilla/5.0" alone); Gmail
and Yahoo fetch a picture when their reader opens the mail, through GoogleImageProxy and YahooMailProxy; Microsoft Defender
"Safe Links" and its kin follow all links of a mail within seconds, with the agent of a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SCANNERS = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scan|preview|fetch|monitor|headless|phantom|lighthouse|validator|checker|barracuda|proofpoint|mimecast"
    r"|trendmicro|trend micro|symantec|messagelabs|fortiguard|fortimail|sophos|zscaler|cisco|ironport|mcafee|trustwave|forcepoint|websense"
    r"|kaspersky|bitdefender|avast|vade|libredtail|palo ?alto|checkpoint|safelinks|urldefense|facebookexternalhit|whatsapp/"
    r"|skypeuri|curl|wget|python|httpx|aiohttp|go-http|java/|okhttp|apache-http|libwww|perl|ruby|php|node|axios|zgrab|nmap",
    re.I,
)
PROXIES_OF_PEOPLE = re.compile(r"googleimageproxy|yahoomailproxy|outlook-ios|ms-?office|microsoft office|thunderbird", re.I)
APPLE_PRIVACY = re.compile(r"Mozilla/5\.0\s*\Z")
SOON_OPEN, SOON_CLICK = timedelta(seconds=2), timedelta(seconds=5)
"""After the relay took the mail: nobody reads so fast."""
BURST, BURST_LINKS = timedelta(seconds=4), 3
"""Nobody follows so many links of a mail within so short a time, nor two in the same second."""
TRAPPED = timedelta(minutes=2)
"""Around the link that no person sees: what came then was the machine that followed it."""
WAIT = timedelta(seconds=8)
"""How long a visit waits for its neighbours before it is judged."""


@dataclass(frozen=True)
class Visit:
    """A picture fetched (`link` None) or a link followed; `why` is what `alone` said of it."""

    at: datetime
    link: int | None
    why: str = ""


def alone(*, method: str, headers: Mapping[str, str], is_picture: bool) -> str:
    """What this request shows by itself: "" or a reason. `headers` as Django gives them."""
    agent = headers.get("User-Agent", "")
    if method == "HEAD":
        return "head"
    if "prefetch" in (headers.get("Sec-Purpose", "") + headers.get("Purpose", "") + headers.get("X-Moz", "")).lower():
        return "prefetch"
    if PROXIES_OF_PEOPLE.search(agent):
        return ""
    if is_picture and APPLE_PRIVACY.fullmatch(agent):
        return "apple privacy"
    if not agent.strip() or APPLE_PRIVACY.fullmatch(agent):
        return "no agent"
    return "scanner" if SCANNERS.search(agent) else ""


def judge(visit: Visit, neighbours: Sequence[Visit], *, sent_at: datetime | None) -> str:
    """Why it was a machine, or "". `neighbours` are all visits of the same mail, this one among them or not."""
    if visit.why:
        return visit.why
    if visit.link == 0:
        return "hidden link"
    if any(one.link == 0 and abs(one.at - visit.at) <= TRAPPED for one in neighbours):
        return "with hidden link"
    if _is_burst(visit.at, neighbours, visit):
        return "many links"
    if sent_at is not None and visit.at - sent_at < (SOON_OPEN if visit.link is None else SOON_CLICK):
        return "too soon"
    return ""


def _is_burst(at: datetime, neighbours: Iterable[Visit], visit: Visit) -> bool:
    near = [one for one in neighbours if one.link and abs(one.at - at) <= BURST]
    links = {one.link for one in [*near, *([visit] if visit.link else [])]}
    if visit.link is None:  # a picture fetched while links were followed by the handful
        return len(links) >= BURST_LINKS
    at_once = {one.link for one in near if abs(one.at - at) <= timedelta(seconds=1)} | {visit.link}
    return len(links) >= BURST_LINKS or len(at_once) >= 2
