"""Addresses of the knowledge centre in the workbench."""

from django.urls import path

from oportuno.offer.knowledge.views import handing_in, reviewing, writing

app_name = "knowledge-desk"
DESK = "desk/<slug:organisation>/conocimiento"
ONE = f"{DESK}/<uuid:article>"
REVIEW = "desk/<slug:organisation>/revision-de-conocimiento"

urlpatterns = [
    path(f"{DESK}/", writing.articles, name="articles"),
    path(f"{DESK}/temas/", reviewing.subjects, name="subjects"),
    path(f"{DESK}/nuevo/<slug:kind>/", writing.beginning, name="beginning"),
    path(f"{ONE}/", writing.article, name="article"),
    path(f"{ONE}/borrador/", writing.draft, name="draft"),
    path(f"{ONE}/vista/", writing.preview, name="preview"),
    path(f"{ONE}/fuentes/", handing_in.sources, name="sources"),
    path(f"{ONE}/fuentes/nueva/", handing_in.source, name="new-source"),
    path(f"{ONE}/fuentes/<uuid:source>/", handing_in.source, name="source"),
    path(f"{ONE}/fuentes/<uuid:source>/retiro/", handing_in.source_removal, name="source-removal"),
    path(f"{ONE}/devolucion/", handing_in.return_to_writer, name="return"),
    path(f"{ONE}/comentarios/", handing_in.comments, name="comments"),
    path(f"{ONE}/retiro/", handing_in.withdrawal, name="withdrawal"),
    path(f"{REVIEW}/", reviewing.reviews, name="reviews"),
    path(f"{REVIEW}/<uuid:article>/", reviewing.review, name="review"),
    path(f"{REVIEW}/<uuid:article>/decision/", reviewing.decision, name="decision"),
    path(f"{REVIEW}/<uuid:article>/retiro/", reviewing.market_withdrawal, name="market-withdrawal"),
]
