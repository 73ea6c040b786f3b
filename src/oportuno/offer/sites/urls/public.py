"""The pages that every site has, below wherever it stands. The catch-all comes last."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from oportuno.offer.sites.views import answer_forms, dressing, machines, reading, topics, trying, voices


def pages(base: str, home: str) -> list[URLPattern]:
    """`base` is "v/<slug:organisation>/" or ""; `home` where the first page is below it."""
    return [
        path(f"{base}{home}", reading.home, name="home"),
        path(f"{base}tema.<slug:digest>.css", dressing.style_sheet, name="style_sheet"),
        path(f"{base}blog/", reading.blog, name="blog"),
        path(f"{base}blog/rss.xml", machines.rss, name="rss"),
        path(f"{base}blog/atom.xml", machines.atom, name="atom"),
        path(f"{base}sitemap.xml", machines.sitemap, name="sitemap"),
        path(f"{base}blog/categoria/<str:slug>/", reading.category, name="category"),
        path(f"{base}blog/etiqueta/<str:slug>/", reading.tag, name="tag"),
        path(f"{base}blog/autor/<str:slug>/", reading.author, name="author"),
        path(f"{base}blog/comentarios/<uuid:entry>/", voices.comment, name="comment"),
        path(f"{base}blog/utilidad/<uuid:entry>/", voices.useful, name="useful"),
        path(f"{base}blog/temas/", topics.topics, name="topics"),
        path(f"{base}blog/temas/pedido/", voices.topic_asked, name="topic_asked"),
        path(f"{base}blog/temas/<uuid:topic>/votos/", voices.topic_voted, name="topic_voted"),
        path(f"{base}blog/<int:year>/", reading.archive, name="year"),
        path(f"{base}blog/<int:year>/<int:month>/", reading.archive, name="month"),
        path(f"{base}formulario/<str:form>/", answer_forms.form, name="form"),
        path(f"{base}formulario/<str:form>/visto.gif", answer_forms.seen, name="form_seen"),
        path(f"{base}<path:path>", reading.entry, name="entry"),
    ]


def theme_files() -> list[URLPattern]:
    """Fonts and pictures of themes, the same on every host."""
    return [re_path(r"^temas/archivos/(?P<digest>[0-9a-f]{64})\.(?P<kind>woff2|webp)$", dressing.theme_file, name="theme_file")]


def trials() -> list[URLPattern]:
    """Looks that are only tried on, at the market's address."""
    return [
        path("vista-de-tema/<str:token>/", trying.trial, name="trial"),
        path("vista-de-tema/<str:token>/tema.<slug:digest>.css", trying.trial_sheet, name="trial_sheet"),
    ]
