"""Where an expert can be seen already, and where not yet: a list to work through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.offer.experts.models import Answer, AnswerState, Expert, Point, PointKind, PointState
from oportuno.offer.sites import api as sites


@dataclass(frozen=True)
class Place:
    """One line. `state`: done, waiting (for the market) or missing; `href` is where one does it."""

    words: Any
    why: Any
    state: str
    href: str


def presence_of(expert: Expert, points: Sequence[Point], slug: str) -> list[Place]:
    """In the order in which it is easiest; two queries beside the points that are given. Acts for the seller."""
    here = reverse("experts:own_expert", args=[slug, expert.pk])
    by_kind = {PointKind(one.kind): _state(one) for one in sorted(points, key=_rank, reverse=True)}
    own = Answer.objects.filter(expert=expert).exclude(state=AnswerState.DRAFT).values_list("published", flat=True)[:50]
    wrote = bool(expert.author_id) and sites.Entry.objects.filter(author=expert.author_id, published=True, kind="post").exists()
    told = bool(expert.bio_es and expert.bio_en)
    rows = [
        (_("A portrait"), _("People trust a face."), _done(bool(expert.picture_id)), here),
        (_("A few sentences in Spanish and English"), _("Whoever buys from far reads English."), _done(told), here),
        (_("A post in your blog"), _("Signed with her name."), _done(wrote), reverse("sites:posts", args=[slug])),
        (
            _("An answer to a public question"),
            _("Read by whoever has the same question."),
            _best(list(own)),
            reverse("experts:open_questions", args=[slug]),
        ),
        (_("A profile elsewhere"), _("On a network where your buyers are."), by_kind.get(PointKind.PROFILE, "missing"), f"{here}#fuentes"),
        (_("A video"), _("Two minutes on a question that comes every week."), by_kind.get(PointKind.VIDEO, "missing"), f"{here}#fuentes"),
        (
            _("An article on a site of reference"),
            _("A guest post or a column, with its address."),
            by_kind.get(PointKind.GUEST_POST, "missing"),
            f"{here}#fuentes",
        ),
        (_("A talk"), _("At a fair, a school, a guild."), by_kind.get(PointKind.TALK, "missing"), f"{here}#fuentes"),
    ]
    return [Place(*row) for row in rows]


def _done(there: bool) -> str:
    return "done" if there else "missing"


def _best(shown: Sequence[bool]) -> str:
    return "done" if any(shown) else "waiting" if shown else "missing"


def _state(point: Point) -> str:
    return {PointState.APPROVED: "done", PointState.WAITING: "waiting"}.get(PointState(point.state), "missing")


def _rank(point: Point) -> int:
    """The best of each kind comes last into the table, and stays."""
    return ("done", "waiting", "missing").index(_state(point))
