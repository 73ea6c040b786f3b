"""Addresses of the public pages, in each language below its prefix."""

from django.urls import path

from oportuno.doors.marketplace.views import categories, dossiers, guides, home, media, products, promises, search, sellers, vertical

app_name = "market"
urlpatterns = [
    path("", home.first_page, name="home"),
    path("buscar/", search.searching, name="search"),
    path("vendedores/", sellers.all_sellers, name="sellers"),
    path("vendedores/<slug:sector>/", sellers.sector, name="sector"),
    path("v/<slug:seller>/", sellers.one_seller, name="seller"),
    path("categorias/", categories.all_categories, name="categories"),
    path("categorias/<path:path>/", categories.category, name="category"),
    path("productos/vistos/", products.seen, name="seen"),
    path("productos/<slug:slug>/", products.one_product, name="product"),
    path("comparar/", products.comparison, name="comparison"),
    path("medios/", media.media, name="media"),
    path("medios/colecciones/<slug:seller>/<slug:slug>/", media.collection, name="collection"),
    path("medios/<slug:seller>/<slug:slug>/", media.piece, name="piece"),
    path("dossiers/", dossiers.begin, name="dossiers"),
    path("dossiers/<uuid:dossier>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:dossier>/dossier.pdf", dossiers.pdf, name="dossier-pdf"),
    path("guias/", guides.all_guides, name="guides"),
    path("guias/<slug:guide>/", guides.one_guide, name="guide"),
    path("guias/<slug:guide>/paso/", guides.step, name="guide-step"),
    path("guias/<slug:guide>/respuestas/", guides.answers, name="guide-answers"),
    path("guias/<slug:guide>/resultado/", guides.result, name="guide-result"),
    path("guias/<slug:guide>/novedades/", guides.news, name="guide-news"),
    path("verificacion/", promises.vetting, name="vetting"),
    path("vender/", promises.sell, name="sell"),
    path("desk/<slug:organisation>/a-quien-ayudas/", vertical.buyers, name="buyers"),
    path("desk/<slug:organisation>/vertical/", vertical.vertical, name="vertical"),
    path("privacidad/", promises.privacy, name="privacy"),
]
