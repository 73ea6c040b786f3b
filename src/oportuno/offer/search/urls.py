"""Addresses of search. The page of results itself is the market's."""

from django.urls import URLPattern, path

from oportuno.offer.search.views import demand, mine, suggestions

app_name = "search"
urlpatterns: list[URLPattern] = [
    path("buscar/sugerencias/", suggestions.suggestions, name="suggestions"),
    path("mi-cuenta/busquedas/", mine.saved, name="saved"),
    path("mi-cuenta/busquedas/nueva/", mine.save, name="save"),
    path("mi-cuenta/busquedas/<uuid:saved>/fin/", mine.ended, name="ended"),
    path("desk/<slug:organisation>/demanda/", demand.demand, name="demand"),
    path("desk/<slug:organisation>/demanda/<int:demand>/respuesta/", demand.handled, name="handled"),
]
