"""What is wrong with a row, in whole sentences in the reader's language. Codes come from rules and actions.importing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.kernel.tables.sentences import SENTENCES as OF_TABLES

SENTENCES: dict[str, Any] = {
    **OF_TABLES,
    # the whole file
    "not_a_workbook": gettext_lazy("This is a ZIP file, but not an Excel workbook. Save the table as .xlsx or CSV."),
    "not_text": gettext_lazy("This is not a table of text: bring CSV, Excel (.xlsx) or JSON Lines."),
    "columns_missing": gettext_lazy("These columns are missing: %(columns)s. The file has: %(found)s."),
    # rows
    "not_json": gettext_lazy("This line is not JSON."),
    "not_an_object": gettext_lazy("“%(field)s” must be a JSON object with names and values."),
    "no_handle": gettext_lazy("This line has no Handle, so it belongs to no product."),
    "too_many_variants": gettext_lazy("The product “%(value)s” has more than 2,500 lines."),
    "type_unknown": gettext_lazy("The type “%(value)s” is not one of WooCommerce's."),
    "sku_missing": gettext_lazy("The SKU is missing: without it the product would come in again with each import."),
    "sku_too_long": gettext_lazy("The SKU “%(value)s…” has more than %(most)s characters."),
    "sku_twice": gettext_lazy("The SKU “%(value)s” is on line %(line)s already."),
    "sku_elsewhere": gettext_lazy("The SKU “%(value)s” belongs to another product or variant of yours already."),
    "options_missing": gettext_lazy("A variant needs its options, such as colour or size."),
    "options_twice": gettext_lazy("The variant “%(value)s” is on line %(line)s already."),
    "options_taken": gettext_lazy("The product has a variant with these options already, under another SKU."),
    "archived_active": gettext_lazy("It says published and archived at once: choose one."),
    "parent_unknown": gettext_lazy("Its main product “%(value)s” is neither in the file nor in your catalogue."),
    "parent_wrong": gettext_lazy("Its main product “%(value)s” is wrong, so the variant cannot go in."),
    "parent_foreign": gettext_lazy("Its main product “%(value)s” was described by another seller, and has no variant with these options."),
    "title_missing": gettext_lazy("The title is missing."),
    "kind_unknown": gettext_lazy("“%(value)s” is no kind of product: write good, service or course."),
    "condition_unknown": gettext_lazy("“%(value)s” is no condition: write new, used or refurbished."),
    "price_negative": gettext_lazy("The price %(value)s is less than zero."),
    "price_unreadable": gettext_lazy(
        "“%(value)s” is not an amount we can read without guessing. Write digits, and a point or comma for decimals."
    ),
    "price_too_fine": gettext_lazy("The price %(value)s has more decimals than its currency has coins."),
    "price_twice": gettext_lazy("There are two prices in %(currency)s for the same time."),
    "currency_unknown": gettext_lazy("“%(value)s” is not a currency. Use its three letters, such as COP, MXN or USD."),
    "date_wrong": gettext_lazy("“%(value)s” is not a date. Write it like 2026-12-31."),
    "dates_reversed": gettext_lazy("The price ends (%(ends)s) before it starts (%(starts)s)."),
    "count_wrong": gettext_lazy("“%(value)s” must be a whole number from %(least)s to %(most)s."),
    "stock_wrong": gettext_lazy("The stock “%(value)s” is not a whole number."),
    "stock_negative": gettext_lazy("The stock %(value)s is less than zero."),
    "place_unknown": gettext_lazy("You have no point of sale called “%(value)s”."),
    "tax_unknown": gettext_lazy("“%(value)s” is not a tax of this market."),
    "gtin_wrong": gettext_lazy("“%(value)s” is not a valid barcode number: its check digit does not fit."),
    "gtin_left": gettext_lazy("“%(value)s” is not a valid barcode number, and was left out."),
    "picture_address": gettext_lazy("“%(value)s” is not the address of a picture. It must begin with https:// or http://."),
    "file_address": gettext_lazy("“%(value)s” is not a web address. It must begin with https:// or http://."),
    "attribute_empty": gettext_lazy("%(attribute)s: write some words."),
    "attribute_boolean": gettext_lazy("%(attribute)s: “%(value)s” is neither yes nor no."),
    "attribute_number": gettext_lazy("%(attribute)s: “%(value)s” is not a number."),
    "attribute_least": gettext_lazy("%(attribute)s: %(value)s is less than %(least)s."),
    "attribute_most": gettext_lazy("%(attribute)s: %(value)s is more than %(most)s."),
    "attribute_choice": gettext_lazy("%(attribute)s: “%(value)s” is not among its choices (%(choices)s)."),
    "attribute_date": gettext_lazy("%(attribute)s: “%(value)s” is not a date. Write it like 2026-12-31."),
    # notes: the row went in all the same
    "category_unknown": gettext_lazy(
        "The category “%(value)s” is not one of this market's: the product goes in without a category, findable by these words."
    ),
    "cut": gettext_lazy("Some texts were longer than %(most)s characters and were cut."),
    "too_many": gettext_lazy("Only the first %(most)s were taken."),
    "tax_left": gettext_lazy("The tax class “%(value)s” was left out: the tax follows from the category."),
    "grouped_as_quote": gettext_lazy("A grouped product has no price of its own: it goes in as a product to ask a quote for."),
    "joined": gettext_lazy(
        "The market has this product already, by its barcode: your offer was added to it, and its description stays as it is."
    ),
}
FIELDS: dict[str, Any] = {
    "sku": gettext_lazy("SKU"), "title": gettext_lazy("Title"), "title_es": gettext_lazy("Title in Spanish"), "title_en": gettext_lazy("Title in English"),
    "description_es": gettext_lazy("Description in Spanish"), "description_en": gettext_lazy("Description in English"), "kind": gettext_lazy("Kind"),
    "brand": gettext_lazy("Brand"), "gtin": gettext_lazy("Barcode"), "category": gettext_lazy("Category"), "attributes": gettext_lazy("Attribute"), "details": gettext_lazy("Detail"),
    "tags": gettext_lazy("Search words"), "pictures": gettext_lazy("Pictures"), "files": gettext_lazy("Files"), "active": gettext_lazy("Published"), "archived": gettext_lazy("Archived"), "quote_only": gettext_lazy("Quote only"),
    "minimum": gettext_lazy("Minimum quantity"), "unit": gettext_lazy("Unit"), "lead_days": gettext_lazy("Days to prepare"), "condition": gettext_lazy("Condition"),
    "tax": gettext_lazy("Tax"), "link": gettext_lazy("Outside link"), "prices": gettext_lazy("Price"), "stock": gettext_lazy("Stock"), "options": gettext_lazy("Options"),
    "has_variants": gettext_lazy("Has variants"),
}  # fmt: skip


def sentence(code: str, field: str, data: Mapping[str, Any]) -> str:
    """One whole sentence. A code of another day stays readable."""
    told = str(SENTENCES.get(code, code))
    named = {
        "field": field_name(field),
        **{key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in data.items()},
    }
    with suppress(KeyError, ValueError, TypeError):
        told = told % named
    times = data.get("count", 1)
    return told if not isinstance(times, int) or times < 2 else _("%(sentence)s (%(count)s times)") % {"sentence": told, "count": times}


def field_name(field: str) -> str:
    """The field as people know it; "prices.COP" is "Price COP"."""
    name, _dot, part = field.partition(".")
    return f"{FIELDS.get(name, name)} {part}".strip()


def shown(field: str, value: Any) -> str:
    """A value in a difference, short."""
    name = field.partition(".")[0]
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name == "prices":
        locale = formats.locale_of(get_language() or "es")
        return ", ".join(formats.money(Money(int(row[0]), field.partition(".")[2]), locale) for row in value)
    if isinstance(value, list):
        return ", ".join(str(one[0] if isinstance(one, list) and one else one) for one in value)[:200]
    return str(value)[:200]
