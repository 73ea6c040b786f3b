"""What sellers show: the vertical's shelves, products, their offers, prices, stock and imports."""

from oportuno.offer.catalogue.models.changes import BulkChange
from oportuno.offer.catalogue.models.imports import ImportProblem, ImportRow, ImportRun
from oportuno.offer.catalogue.models.offers import Offer, OfferPrice
from oportuno.offer.catalogue.models.products import Product, ProductFile, ProductPicture, Variant
from oportuno.offer.catalogue.models.shelves import AttributeDefinition, Category, CategoryAttribute, Edition, TaxClass, TaxDefault
from oportuno.offer.catalogue.models.stock import Stock, StockMovement

__all__ = [
    "AttributeDefinition",
    "BulkChange",
    "Category",
    "CategoryAttribute",
    "Edition",
    "ImportProblem",
    "ImportRow",
    "ImportRun",
    "Offer",
    "OfferPrice",
    "Product",
    "ProductFile",
    "ProductPicture",
    "Stock",
    "StockMovement",
    "TaxClass",
    "TaxDefault",
    "Variant",
]
