"""Front door: products, offers, stock, imports and the shelves they stand on."""

from oportuno.offer.catalogue.actions.bulk import archive, change_category, change_prices, last_change, show_many, undo
from oportuno.offer.catalogue.actions.clockwork import tidy_import, turn_prices
from oportuno.offer.catalogue.actions.copying import copy_product
from oportuno.offer.catalogue.actions.exporting import ENDINGS, FORMATS, export_catalogue, report, template_file
from oportuno.offer.catalogue.actions.feeding import IN_SEARCH, feed_search, feed_seller
from oportuno.offer.catalogue.actions.files import add_file, owner_of, remove_file
from oportuno.offer.catalogue.actions.illustrating import illustrate
from oportuno.offer.catalogue.actions.importing import apply_import, cancel_import, run_import, start_import
from oportuno.offer.catalogue.actions.pictures import add_picture, arrange_pictures, attach_pictures, bring_next_pictures, put_back
from oportuno.offer.catalogue.actions.products import (
    Form,
    Listing,
    Words,
    create_product,
    edit_product,
    join_product,
    put_price,
    put_variant,
    remove_price,
)
from oportuno.offer.catalogue.actions.publishing import follow_seller, set_active
from oportuno.offer.catalogue.actions.shelving import install_pack
from oportuno.offer.catalogue.actions.stock import adjust_stock, count_stock
from oportuno.offer.catalogue.actions.variants import arrange_variants, combine
from oportuno.offer.catalogue.models import ImportRun, Offer, Product
from oportuno.offer.catalogue.queries.addresses import last_of_products, product_addresses, products_named
from oportuno.offer.catalogue.queries.cards import (
    CardPage,
    PictureCard,
    ProductCard,
    SellerCard,
    newest,
    newest_from_many,
    newest_of,
    products_by_id,
    products_in_category,
    products_of_seller,
)
from oportuno.offer.catalogue.queries.comparing import Comparison, Terms, compare, compare_named
from oportuno.offer.catalogue.queries.desk import Filters, offers_page
from oportuno.offer.catalogue.queries.imports import imports_to_tidy, notes, problems, products_of_import, run_for
from oportuno.offer.catalogue.queries.invariants import PROMISES, catalogue_invariants
from oportuno.offer.catalogue.queries.pictured import where_pictured
from oportuno.offer.catalogue.queries.product_page import (
    AttributeCard,
    OfferCard,
    PriceCard,
    ProductPage,
    StockCard,
    VariantCard,
    product_page,
)
from oportuno.offer.catalogue.queries.programs import offer_by_sku, products_on_show, record_of
from oportuno.offer.catalogue.queries.shelves import Shelf, Shelves, Tax, shelves
from oportuno.offer.catalogue.queries.shown import shown_products
from oportuno.offer.catalogue.rules.attributes import Asked

categories_tree = shelves
"""The tree of categories, with what each asks. `categories_tree().tree()` lists those in use, parents first."""

__all__ = [
    "ENDINGS",
    "FORMATS",
    "IN_SEARCH",
    "PROMISES",
    "Asked",
    "AttributeCard",
    "CardPage",
    "Comparison",
    "Filters",
    "Form",
    "ImportRun",
    "Listing",
    "Offer",
    "OfferCard",
    "PictureCard",
    "PriceCard",
    "Product",
    "ProductCard",
    "ProductPage",
    "SellerCard",
    "Shelf",
    "Shelves",
    "StockCard",
    "Tax",
    "Terms",
    "VariantCard",
    "Words",
    "add_file",
    "add_picture",
    "adjust_stock",
    "apply_import",
    "archive",
    "arrange_pictures",
    "arrange_variants",
    "attach_pictures",
    "bring_next_pictures",
    "cancel_import",
    "catalogue_invariants",
    "categories_tree",
    "change_category",
    "change_prices",
    "combine",
    "compare",
    "compare_named",
    "copy_product",
    "count_stock",
    "create_product",
    "edit_product",
    "export_catalogue",
    "feed_search",
    "feed_seller",
    "follow_seller",
    "illustrate",
    "imports_to_tidy",
    "install_pack",
    "join_product",
    "last_change",
    "last_of_products",
    "newest",
    "newest_from_many",
    "newest_of",
    "notes",
    "offer_by_sku",
    "offers_page",
    "owner_of",
    "problems",
    "product_addresses",
    "product_page",
    "products_by_id",
    "products_in_category",
    "products_named",
    "products_of_import",
    "products_of_seller",
    "products_on_show",
    "put_back",
    "put_price",
    "put_variant",
    "record_of",
    "remove_file",
    "remove_price",
    "report",
    "run_for",
    "run_import",
    "set_active",
    "shelves",
    "show_many",
    "shown_products",
    "start_import",
    "template_file",
    "tidy_import",
    "turn_prices",
    "undo",
    "where_pictured",
]
