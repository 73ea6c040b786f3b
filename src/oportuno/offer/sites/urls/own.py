"""Sites on domains of their own: inside, below a prefix that only api.own_domains writes."""

from django.urls import path

from oportuno.offer.sites.urls.public import pages
from oportuno.offer.sites.views import answer_forms, machines

BASE = "~sitio/<slug:organisation>/"
app_name = "own"
IN_MARKET = f"{BASE}v/<slug:same>/formulario/<str:form>/"
"""Pieces name their forms as they stand in the market; sent from a page here, they are answered here."""
urlpatterns = [
    path(IN_MARKET, answer_forms.form, name="form_in_market"),
    path(f"{IN_MARKET}visto.gif", answer_forms.seen, name="form_seen_in_market"),
    path(f"{BASE}robots.txt", machines.robots, name="robots"),
    *pages(BASE, ""),
]
