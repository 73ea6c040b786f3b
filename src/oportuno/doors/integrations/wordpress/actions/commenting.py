"""Comments of a batch of items."""

from __future__ import annotations

import html
from collections.abc import Sequence

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.kernel.content import read, render_text
from oportuno.kernel.content.inline import plain
from oportuno.offer.sites.api import bringing as sites

from ..content import convert
from ..content.inline import address
from ..rules.meaning import moment, origin_of
from ..wxr import Comment, Item

STATES = {
    "1": "approved",
    "approve": "approved",
    "0": "waiting",
    "hold": "waiting",
    "spam": "spam",
    "trash": "trashed",
    "post-trashed": "trashed",
}


def bring_comments(run: WordpressRun, pairs: Sequence[tuple[WordpressItem, Item]]) -> None:
    """Those that are not here yet."""
    given = [_comment(run, row, one, place) for row, item in pairs for place, one in enumerate(item.comments)]
    if given:
        sites.bring_comments(run.organisation_id, given)


def _comment(run: WordpressRun, row: WordpressItem, one: Comment, place: int) -> sites.NewComment:
    """Its words as plain text. A file of another program numbers nothing: then the place below its post is its name."""
    assert row.entry_id is not None
    key = one.number if one.number.isdecimal() else f"{row.number}-{place}"
    parent = one.parent if one.parent.isdecimal() and one.parent != "0" else ""
    site = address(one.address.strip())
    return sites.NewComment(
        origin=origin_of(run.source, "comment", key),
        entry=row.entry_id,
        name=" ".join(plain(html.unescape(one.author)).split()) or "?",
        email=one.email.strip() if "@" in one.email else "",
        address=site if site.startswith(("http://", "https://")) else "",
        text=_text(one.text),
        state=STATES.get(one.approved, "waiting"),
        kind=one.kind,
        at=moment(one.date_gmt, one.date) or run.at,
        parent=origin_of(run.source, "comment", parent) if parent else "",
    )


def _text(source: str) -> str:
    return render_text(read(convert(source).document), language="es").strip() or plain(source).strip()
