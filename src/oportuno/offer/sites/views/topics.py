"""What readers would like to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from oportuno.offer.sites.forms.voices import TopicForm
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.rules.paths import BLOG, TOPICS
from oportuno.offer.sites.views.answering import Meta, of_a_site, show
from oportuno.offer.sites.views.reading import blog_title
from oportuno.offer.sites.views.talking import of_topics


@of_a_site
def topics(request: HttpRequest, place: Place) -> HttpResponse:
    """GET …/blog/temas/"""
    return topics_page(request, place)


def topics_page(request: HttpRequest, place: Place, *, form: TopicForm | None = None, status: int = 200) -> HttpResponse:
    title = _("What would you like to read?")
    crumbs = [(blog_title(place), place.to(BLOG)), (title, "")]
    description = _("Ask for a topic, and vote for what others asked for: the most wanted is written first.")
    meta = Meta(title=title, path=TOPICS, description=description, crumbs=crumbs, indexed=not request.GET)
    return show(request, place, "sites/topics.html", meta, of_topics(request, place, form), status=status)
