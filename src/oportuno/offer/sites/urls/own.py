"""Sites on domains of their own: inside, below a prefix that only api.own_domains writes."""

from django.urls import path

from oportuno.offer.sites.urls.public import pages
from oportuno.offer.sites.views import machines

BASE = "~sitio/<slug:organisation>/"
app_name = "own"
urlpatterns = [path(f"{BASE}robots.txt", machines.robots, name="robots"), *pages(BASE, "")]
