"""Books, and their desk."""

from django.urls import URLPattern, path

from oportuno.offer.ebooks.views import desk, reading

app_name = "ebooks"
DESK = "desk/<slug:organisation>/libros/"

urlpatterns: list[URLPattern] = [
    path("libros/", reading.shelf, name="shelf"),
    path("libros/<slug:slug>/", reading.book, name="book"),
    path("libros/<slug:slug>/<int:number>.pdf", reading.edition, name="edition"),
    path(DESK, desk.books, name="books"),
    path(f"{DESK}nuevo/", desk.new_book, name="new_book"),
    path(f"{DESK}bloques/", desk.draw, name="draw"),
    path(f"{DESK}<slug:slug>/", desk.book, name="own_book"),
    path(f"{DESK}<slug:slug>/ediciones/", desk.editions, name="editions"),
    path(f"{DESK}<slug:slug>/avance/", desk.progress, name="progress"),
    path(f"{DESK}<slug:slug>/publicacion/", desk.publication, name="publication"),
    path(f"{DESK}<slug:slug>/<int:number>.pdf", desk.edition, name="own_edition"),
]
