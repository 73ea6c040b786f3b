"""How many of a bulletin's messages are where: sums of what the database keeps beside the messages, so a million costs as little as ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.messaging.models import Channel, MailFrame, MailLink, MailTally

ADDED = """
SELECT count(*) FROM (
    SELECT frame_id, what, sum(n) AS n FROM (
        SELECT frame_id, what, n FROM mail_tally
        UNION ALL SELECT frame_id, state, -1 FROM message WHERE frame_id IS NOT NULL
        UNION ALL SELECT frame_id, what, -1 FROM mail_outcome, LATERAL mail_outcomes_of(mail_outcome) AS what
        UNION ALL SELECT frame_id, what, -1 FROM mail_click, LATERAL mail_clicks_of(mail_click) AS what
    ) rows GROUP BY frame_id, what
) sums WHERE n <> 0
"""


@dataclass(frozen=True)
class Figures:
    """Of one or more bulletins. `audience` is sent + failed + suppressed + waiting, always; what is unclear still waits for a decision.

    Whatever people and machines did counts each reader once. `delivered`: sent and not returned; of texts, what the network said.
    """

    audience: int = 0
    waiting: int = 0
    sent: int = 0
    failed: int = 0
    suppressed: int = 0
    unclear: int = 0
    delivered: int = 0
    opened: int = 0
    opened_by_machine: int = 0
    clicked: int = 0
    clicked_by_machine: int = 0
    bounced: int = 0
    complained: int = 0
    left: int = 0
    hard: int = 0
    """Of addresses that do not exist, refused at once or returned later."""


@dataclass(frozen=True)
class LinkFigures:
    """Where a link leads, and how many people and machines followed it."""

    frame: UUID
    number: int
    address: str
    people: int
    machines: int


def figures_of(frames: Sequence[UUID]) -> Figures:
    """Acts for the organisation whose they are."""
    of = sums_of(frames)
    unclear, sent = of["unclear"], of["sent"]
    waiting = of["queued"] + of["sending"] + unclear
    texts = MailFrame.objects.filter(organisation_id=acting_organisation(), pk__in=list(frames), channel=Channel.SMS).exists()
    return Figures(
        audience=sent + of["failed"] + of["suppressed"] + waiting, waiting=waiting, sent=sent, failed=of["failed"],
        suppressed=of["suppressed"], unclear=unclear, delivered=of["delivered"] if texts else sent - of["bounced"], opened=of["opened"],
        opened_by_machine=of["machine_opened"], clicked=of["clicked"], clicked_by_machine=of["machine_clicked"], bounced=of["bounced"],
        complained=of["complained"], left=of["left"], hard=of["hard"],
    )  # fmt: skip


def links_of(frames: Sequence[UUID]) -> list[LinkFigures]:
    """In the order in which they stand, without the one that only machines see."""
    sums: Counter[tuple[UUID, str]] = Counter()
    rows = (
        MailTally.objects.filter(organisation_id=acting_organisation(), frame__in=list(frames))
        .values_list("frame_id", "what")
        .annotate(sum=Sum("n"))
        .order_by()
    )
    for frame, what, count in rows:
        sums[frame, what] = count
    links = MailLink.objects.filter(organisation_id=acting_organisation(), frame__in=list(frames), number__gt=0).order_by("frame", "number")
    return [
        LinkFigures(one.frame_id, one.number, one.address, sums[one.frame_id, f"link {one.number}"], sums[one.frame_id, f"machine {one.number}"])
        for one in links
    ]  # fmt: skip


def counted_otherwise() -> int:
    """Sums that do not add up to the rows they count. Acts for the market."""
    with connection.cursor() as cursor:
        cursor.execute(ADDED)
        return int(cursor.fetchone()[0])


def stopped_bulletins() -> list[MailFrame]:
    """Those that a guard stopped, the newest first. Acts for the organisation."""
    return list(MailFrame.objects.filter(organisation_id=acting_organisation()).exclude(stopped_why="").order_by("-created_at")[:20])


def sums_of(frames: Sequence[UUID]) -> Counter[str]:
    """By state and outcome, as the tallies name them."""
    rows = (
        MailTally.objects.filter(organisation_id=acting_organisation(), frame__in=list(frames))
        .values_list("what")
        .annotate(sum=Sum("n"))
        .order_by()
    )
    return Counter(dict(rows))
