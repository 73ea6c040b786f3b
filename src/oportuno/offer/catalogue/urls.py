"""Addresses of the catalogue's workbench."""

from django.urls import path

from oportuno.offer.catalogue.views import choices, files, parts, product, products, stock

app_name = "catalogue"
DESK = "desk/<slug:organisation>"

urlpatterns = [
    path("archivos/<uuid:document>/", parts.product_file, name="product_file"),
    path(f"{DESK}/productos/", products.products, name="products"),
    path(f"{DESK}/productos/eleccion/", choices.choices, name="choices"),
    path(f"{DESK}/productos/nuevo/", product.new_product, name="new"),
    path(f"{DESK}/productos/existente/", product.joining, name="joining"),
    path(f"{DESK}/productos/cambios/", products.changes, name="changes"),
    path(f"{DESK}/productos/cambios/<uuid:change>/anulacion/", products.reversal, name="reversal"),
    path(f"{DESK}/productos/<uuid:offer>/", product.product, name="product"),
    path(f"{DESK}/productos/<uuid:offer>/publicacion/", product.publication, name="publication"),
    path(f"{DESK}/productos/<uuid:offer>/variantes/", parts.variants, name="variants"),
    path(f"{DESK}/productos/<uuid:offer>/precios/", parts.prices, name="prices"),
    path(f"{DESK}/productos/<uuid:offer>/imagenes/", parts.pictures, name="pictures"),
    path(f"{DESK}/productos/<uuid:offer>/archivos/", parts.files, name="files"),
    path(f"{DESK}/productos/<uuid:offer>/copias/", product.copies, name="copies"),
    path(f"{DESK}/productos/<uuid:offer>/archivo/", product.archiving, name="archiving"),
    path(f"{DESK}/productos/<uuid:offer>/ficha/", product.preview, name="preview"),
    path(f"{DESK}/existencias/", stock.stock, name="stock"),
    path(f"{DESK}/existencias/movimientos/", stock.movements, name="movements"),
    path(f"{DESK}/existencias/<uuid:offer>/", stock.count, name="count"),
    path(f"{DESK}/existencias/<uuid:offer>/movimiento/", stock.movement, name="movement"),
    path(f"{DESK}/existencias/<uuid:offer>/movimientos/", stock.offer_stock, name="offer_stock"),
    path(f"{DESK}/importaciones/", files.imports, name="imports"),
    path(f"{DESK}/importaciones/plantilla.csv", files.template, name="template"),
    path(f"{DESK}/importaciones/<uuid:run>/", files.import_run, name="import"),
    path(f"{DESK}/importaciones/<uuid:run>/aplicacion/", files.application, name="application"),
    path(f"{DESK}/importaciones/<uuid:run>/cancelacion/", files.cancellation, name="cancellation"),
    path(f"{DESK}/importaciones/<uuid:run>/informe.csv", files.report, name="report"),
    path(f"{DESK}/exportaciones/<slug:kind>/", files.export, name="export"),
]
