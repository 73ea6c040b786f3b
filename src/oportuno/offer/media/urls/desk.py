"""Addresses of media in the workbench."""

from django.urls import path

from oportuno.offer.media.views import channels, curation, library, pieces

app_name = "library"
DESK = "desk/<slug:organisation>/medios"

urlpatterns = [
    path(f"{DESK}/", library.library, name="library"),
    path(f"{DESK}/subidas/", library.uploads, name="uploads"),
    path(f"{DESK}/eleccion/<slug:sort>/", library.choices, name="choices"),
    path(f"{DESK}/cambios/", library.changes, name="changes"),
    path(f"{DESK}/cambios/<uuid:change>/anulacion/", library.reversal, name="reversal"),
    path(f"{DESK}/carpetas/", library.folders, name="folders"),
    path(f"{DESK}/carpetas/<uuid:folder>/", library.folder, name="folder"),
    path(f"{DESK}/canales/", channels.channels, name="channels"),
    path(f"{DESK}/canales/nuevos/", channels.following, name="following"),
    path(f"{DESK}/canales/<uuid:channel>/", channels.channel, name="channel"),
    path(f"{DESK}/canales/<uuid:channel>/retiro/", channels.removal, name="channel-removal"),
    path(f"{DESK}/curacion/", curation.curation, name="curation"),
    path(f"{DESK}/curacion/enlaces/", curation.links, name="links"),
    path(f"{DESK}/curacion/<uuid:find>/", curation.find, name="find"),
    path(f"{DESK}/curacion/<uuid:find>/descarte/", curation.aside, name="aside"),
    path(f"{DESK}/curacion/<uuid:find>/lugar/", curation.placing, name="placing"),
    path(f"{DESK}/colecciones/", curation.collections, name="collections"),
    path(f"{DESK}/colecciones/<uuid:collection>/", curation.collection, name="collection"),
    path(f"{DESK}/colecciones/<uuid:collection>/orden/", curation.order, name="order"),
    path(f"{DESK}/colecciones/<uuid:collection>/publicacion/", curation.publication, name="collection-publication"),
    path(f"{DESK}/colecciones/<uuid:collection>/retiro/", curation.removal, name="collection-removal"),
    path(f"{DESK}/piezas/", pieces.pieces, name="pieces"),
    path(f"{DESK}/piezas/nueva/", pieces.new_piece, name="new-piece"),
    path(f"{DESK}/piezas/<uuid:piece>/", pieces.piece, name="piece"),
    path(f"{DESK}/piezas/<uuid:piece>/publicacion/", pieces.publication, name="piece-publication"),
    path(f"{DESK}/piezas/<uuid:piece>/retiro/", pieces.removal, name="piece-removal"),
    path(f"{DESK}/dibujo/", pieces.drawing, name="drawing"),
    path(f"{DESK}/<uuid:item>/", library.item, name="item"),
    path(f"{DESK}/<uuid:item>/vista/", library.preview, name="preview"),
]
