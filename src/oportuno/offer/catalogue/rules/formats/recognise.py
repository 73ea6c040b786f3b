"""Which format a file is in, told by its header alone."""

from __future__ import annotations

from oportuno.kernel.tables import Unreadable
from oportuno.offer.catalogue.rules.codes import fold
from oportuno.offer.catalogue.rules.formats.base import Reader
from oportuno.offer.catalogue.rules.formats.jsonlines import JsonLines
from oportuno.offer.catalogue.rules.formats.shopify import Shopify
from oportuno.offer.catalogue.rules.formats.template import COLUMNS, HEADINGS, Template
from oportuno.offer.catalogue.rules.formats.woocommerce import WooCommerce

TITLE_FIELDS = frozenset({"title", "title_es", "title_en"})
UPDATES = frozenset({"price", "stock", "active"})
"""With a SKU and one of these, a file without titles is fine for products that are there already."""


def recognised(shape: str, header: tuple[str, ...]) -> Reader:
    """The reader of this file's format. Raises Unreadable, naming what is missing for ours."""
    if shape == "jsonl":
        return JsonLines(())
    names = {name.casefold() for name in header}
    if "handle" in names and {"title", "variant price"} & names and any(name.startswith(("variant ", "option1", "body")) for name in names):
        return Shopify(header)
    if "type" in names and "name" in names and {"regular price", "categories", "published"} & names:
        return WooCommerce(header)
    fields = {HEADINGS[fold(name)] for name in header if fold(name) in HEADINGS}
    if "sku" in fields and fields & (TITLE_FIELDS | UPDATES):
        return Template(header)
    missing = ([] if "sku" in fields else ["SKU"]) + ([] if fields & TITLE_FIELDS else [COLUMNS["title_es"][0]])
    raise Unreadable("columns_missing", line=1, columns=missing, found=[name for name in header if name][:12])
