"""Sites in the workbench, and links to what is not published yet."""

from __future__ import annotations

from django.urls import URLPattern, path

from oportuno.offer.sites.views import advising, backlog, filing, history, moderating, previews, sites, theme_makers, themes, writing

app_name = "sites"
DESK = "desk/<slug:organisation>/sitio/"

urlpatterns: list[URLPattern] = [
    path(DESK, sites.site, name="site"),
    path(f"{DESK}inicio/", sites.founding, name="founding"),
    path(f"{DESK}apertura/", sites.opening, name="opening"),
    path(f"{DESK}ajustes/", sites.settings, name="settings"),
    path(f"{DESK}dominio/", sites.domains, name="domains"),
    path(f"{DESK}dominio/<uuid:domain>/", sites.domain, name="domain"),
    path(f"{DESK}menu/", sites.menus, name="menus"),
    path(f"{DESK}paginas/", sites.pages, name="pages"),
    path(f"{DESK}paginas/orden/", sites.order, name="order"),
    path(f"{DESK}blog/", sites.posts, name="posts"),
    path(f"{DESK}papelera/", sites.thrown, name="bin"),
    path(f"{DESK}cambios/", sites.changes, name="changes"),
    path(f"{DESK}nueva/<slug:kind>/", writing.beginning, name="new"),
    path(f"{DESK}dibujo/", writing.drawing, name="drawing"),
    path(f"{DESK}escribir/<uuid:entry>/", writing.entry, name="entry"),
    path(f"{DESK}escribir/<uuid:entry>/borrador/", writing.draft, name="draft"),
    path(f"{DESK}escribir/<uuid:entry>/consejos/", advising.advice, name="advice"),
    path(f"{DESK}escribir/<uuid:entry>/versiones/", history.revisions, name="revisions"),
    path(f"{DESK}escribir/<uuid:entry>/versiones/<int:number>/", history.revision, name="revision"),
    path(f"{DESK}escribir/<uuid:entry>/versiones/<int:number>/vuelta/", history.restoration, name="restoration"),
    path(f"{DESK}categorias/", filing.terms, name="terms"),
    path(f"{DESK}categorias/<uuid:term>/", filing.term, name="term"),
    path(f"{DESK}categorias/<uuid:term>/retiro/", filing.removal, name="term_removal"),
    path(f"{DESK}autores/", filing.authors, name="authors"),
    path(f"{DESK}autores/<uuid:author>/", filing.author, name="author"),
    path(f"{DESK}tema/", themes.themes, name="themes"),
    path(f"{DESK}tema/ajustes/", themes.adjusting, name="theme_adjusting"),
    path(f"{DESK}tema/prueba/", themes.trying, name="theme_trying"),
    path(f"{DESK}tema/vuelta/", themes.return_of_look, name="theme_return"),
    path(f"{DESK}tema/estrellas/", themes.rating, name="theme_rating"),
    path(f"{DESK}tema/archivo/", themes.theme_file, name="theme_file"),
    path("desk/<slug:organisation>/temas/", theme_makers.made, name="made_themes"),
    path("desk/<slug:organisation>/temas/<uuid:version>/", theme_makers.made_theme, name="made_theme"),
    path("desk/<slug:organisation>/temas/<uuid:version>/retiro/", theme_makers.withdrawal, name="theme_withdrawal"),
    path("desk/<slug:organisation>/revision-de-temas/", theme_makers.reviews, name="theme_reviews"),
    path("desk/<slug:organisation>/revision-de-temas/<uuid:version>/", theme_makers.review, name="theme_review"),
    path("desk/<slug:organisation>/revision-de-temas/<uuid:version>/decision/", theme_makers.decision, name="theme_decision"),
    path(f"{DESK}comentarios/", moderating.comments, name="comments"),
    path(f"{DESK}comentarios/decisiones/", moderating.decisions, name="comment_decisions"),
    path(f"{DESK}comentarios/decisiones/<uuid:decision>/anulacion/", moderating.undoing, name="comment_undoing"),
    path(f"{DESK}comentarios/<uuid:comment>/respuesta/", moderating.reply, name="comment_reply"),
    path(f"{DESK}utilidad/", moderating.usefulness, name="usefulness"),
    path(f"{DESK}temas/", backlog.topics, name="topics"),
    path(f"{DESK}temas/decisiones/", backlog.decisions, name="topic_decisions"),
    path(f"{DESK}temas/<uuid:topic>/", backlog.topic, name="topic"),
    path(f"{DESK}temas/<uuid:topic>/borrador/", backlog.writing, name="topic_writing"),
    path("previo/<path:token>/", previews.preview, name="preview"),
]
