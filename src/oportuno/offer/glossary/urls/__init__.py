"""The glossary, and its desks."""

from django.urls import URLPattern, path

from oportuno.offer.glossary.views import desk, proposals, reading, reviews

app_name = "glossary"
DESK = "desk/<slug:organisation>/"

urlpatterns: list[URLPattern] = [
    path("glosario/", reading.glossary, name="glossary"),
    path("glosario/glosario.csv", reading.sheet, name="sheet"),
    path("glosario/<slug:slug>/", reading.term, name="term"),
    path(f"{DESK}glosario/", desk.terms, name="terms"),
    path(f"{DESK}glosario/nuevo/", desk.new_term, name="new_term"),
    path(f"{DESK}glosario/hoja/", desk.sheet, name="sheet_in"),
    path(f"{DESK}glosario/hoja/glosario.csv", desk.sheet_out, name="sheet_out"),
    path(f"{DESK}glosario/bloques/", desk.draw, name="draw"),
    path(f"{DESK}glosario/eleccion/", desk.choices, name="choices"),
    path(f"{DESK}glosario/terminos/<slug:slug>/", desk.term, name="own_term"),
    path(f"{DESK}glosario/terminos/<slug:slug>/publicacion/", desk.publication, name="publication"),
    path(f"{DESK}glosario/terminos/<slug:slug>/retiro/", desk.removal, name="removal"),
    path(f"{DESK}palabras/", proposals.proposals, name="proposals"),
    path(f"{DESK}palabras/nueva/", proposals.new_proposal, name="new_proposal"),
    path(f"{DESK}palabras/<uuid:proposal>/", proposals.proposal, name="proposal"),
    path(f"{DESK}palabras/<uuid:proposal>/retiro/", proposals.withdrawal, name="proposal_withdrawal"),
    path(f"{DESK}revision-de-palabras/", reviews.reviews, name="reviews"),
    path(f"{DESK}revision-de-palabras/<uuid:proposal>/", reviews.review, name="review"),
]
