"""Alba describes a thing by hand at her desk, in English, with everything that it has; buyers see all of it."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from oportuno.doors.marketplace.testing import react, refresh
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NEW = "/en/desk/flores-de-alba/productos/nuevo/"
SHEET = FilePayload(
    name="sheet.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def picture() -> FilePayload:
    made = BytesIO()
    Image.new("RGB", (640, 480), "#8a2450").save(made, "PNG")
    return FilePayload(name="box.png", mimeType="image/png", buffer=made.getvalue())


def test_a_box_with_variants_two_currencies_a_picture_a_file_and_stock(site: Site) -> None:
    alba = site.signed_in(site.market.alba, viewport={"width": 1440, "height": 900})
    alba.goto(NEW)
    alba.locator("[name=title_es]").fill("Caja de exportación para rosas")
    alba.locator("[name=title_en]").fill("Export box for roses")
    alba.locator("[name=sku]").fill("CAJA-1")
    alba.locator("[name=price_amount]").fill("180000")
    alba.locator("[name=category]").select_option("empaques")
    answered(alba)
    alba.get_by_role("button", name="Save", exact=True).click()
    expect(alba.get_by_role("heading", name="Export box for roses", level=1)).to_be_visible()

    pictures = alba.locator("#pictures")
    pictures.locator("input[type=file]").set_input_files(picture())
    pictures.get_by_label("What it shows, for those who cannot see it").fill("An open box")
    pictures.get_by_role("button", name="Add the picture").click()
    expect(pictures.locator("img[alt='An open box']")).to_be_visible()

    files = opened(alba, "#files")
    files.locator("input[type=file]").set_input_files(SHEET)
    files.get_by_label("What it is").fill("Data sheet")
    files.get_by_role("button", name="Add the file").click()
    expect(alba.locator("#files").get_by_role("link", name="Data sheet")).to_be_visible()

    prices = opened(alba, "#prices")
    prices.locator("[name=amount_amount]").fill("45.50")
    prices.locator("[name=amount_currency]").select_option("USD")
    prices.get_by_role("button", name="Save the price").click()
    expect(alba.locator("#prices")).to_contain_text("45.50")

    opened(alba, "#variants").locator("[name=combinations]").fill("Largo: 50 cm, 70 cm")
    alba.get_by_role("button", name="Make the variants").click()
    expect(alba.locator("#variants tbody tr")).to_have_count(2)

    alba.locator("#stock a").first.click()
    alba.locator("[name=on_hand]").first.fill("12")
    alba.get_by_role("button", name="Counted").first.click()
    expect(alba.get_by_text("12 in all")).to_be_visible()

    react("catalogue.feed_search")
    refresh(site.market)
    carmen = site.visitor()
    carmen.goto("/buscar/?q=caja+de+exportación+para+rosas")
    carmen.get_by_role("link", name="Caja de exportación para rosas").first.click()
    expect(carmen.get_by_role("heading", name="Caja de exportación para rosas", level=1)).to_be_visible()
    expect(carmen.locator("img[alt='An open box']").first).to_be_visible()
    for words in ("70 cm", "Data sheet", "180.000"):
        expect(carmen.get_by_text(words).first).to_be_visible()


def answered(page: Page) -> None:
    """What the category asks, once it asks it."""
    asked = page.locator("#attributes")
    expect(asked.locator("[name^=attribute_]").first).to_be_visible()
    for select in asked.locator("select").all():
        select.select_option(index=1)
    for box in asked.locator("input[type=number], input[type=text]").all():
        box.fill("50")


def opened(page: Page, section: str) -> Locator:
    """A part of the page with its first fold open."""
    found = page.locator(section)
    fold = found.locator("summary").first
    if not found.locator("details").first.evaluate("one => one.open"):
        fold.click()
    return found
