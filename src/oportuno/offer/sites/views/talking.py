"""What stands below a post: was it useful, comments, a form. Said the same to everybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from oportuno.kernel.clock import now
from oportuno.offer.sites.forms.voices import CommentForm, TopicForm
from oportuno.offer.sites.queries import topics
from oportuno.offer.sites.queries.comments import NOBODY, comment_shown, threads_of
from oportuno.offer.sites.queries.piece import Piece
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.rules.paths import TOPICS
from oportuno.offer.sites.rules.usefulness import share
from oportuno.people.audience.api import Purpose, words_for
from oportuno.people.audience.api.requests import language_of

MOST_ON_BLOG = 3


def below_a_post(request: HttpRequest, place: Place, piece: Piece, form: CommentForm | None = None) -> dict[str, Any]:
    """One query for the words that one agrees to; more only where there are comments, or for who comments. Acts for the public."""
    entry = piece.entry
    threads = threads_of(entry, request.GET.get("comentarios", "")) if piece.comments else NOBODY
    is_open = entry.comments_open and place.site.comments_open
    to = request.POST.get("parent") or request.GET.get("responder", "")
    replying = comment_shown(entry, to) if to else None
    found: dict[str, Any] = {
        "threads": threads,
        "comments_count": piece.comments,
        "comments_first": place.to(entry.path) if request.GET.get("comentarios") else "",
        "comments_next": f"?{urlencode({'comentarios': threads.after})}" if threads.after else "",
        "comments_action": place.to(f"blog/comentarios/{entry.pk}"),
        "comments_open": is_open,
        "entry_address": place.to(entry.path),
        "replying": replying if is_open else None,
        "useful": _useful(request, place, piece),
        "heard": request.GET.get("dicho", ""),
        "topics_address": place.to(TOPICS),
    }
    if is_open:
        initial = {"parent": replying.pk} if replying else {}
        found["form"] = form or CommentForm(at=now(), initial=initial)
        found["words"] = words_for(place.organisation, Purpose.REPLIES, language_of(request), now())
    return found


def below_the_blog(request: HttpRequest, place: Place) -> dict[str, Any]:
    """What readers want to read, in a few lines. Acts for the public."""
    return {"wanted": topics.wanted(place.site.organisation_id, limit=MOST_ON_BLOG).topics, "topics_address": place.to(TOPICS)}


def of_topics(request: HttpRequest, place: Place, form: TopicForm | None = None) -> dict[str, Any]:
    """The page where readers ask and vote. Acts for the public."""
    organisation = place.site.organisation_id
    found = topics.wanted(organisation, after=request.GET.get("after", ""))
    return {
        "topics": [(one, place.to(f"{TOPICS}/{one.pk}/votos")) for one in found.topics],
        "next": f"?{urlencode({'after': found.after})}" if found.after else "",
        "written": [(one, place.to(one.entry.path)) for one in topics.written(organisation) if one.entry],
        "form": form or TopicForm(at=now()),
        "action": place.to(f"{TOPICS}/pedido"),
        "words": words_for(place.organisation, Purpose.TOPICS, language_of(request), now()),
        "heard": request.GET.get("dicho", ""),
    }


def _useful(request: HttpRequest, place: Place, piece: Piece) -> dict[str, Any]:
    return {
        "action": place.to(f"blog/utilidad/{piece.entry.pk}"),
        "share": share(piece.yes, piece.no),
        "votes": piece.yes + piece.no,
        "said": request.GET.get("util", ""),
    }
