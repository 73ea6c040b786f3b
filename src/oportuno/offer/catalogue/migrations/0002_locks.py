"""Locks, and the promises between rows that Django's models cannot say."""

from django.db import migrations

from oportuno.kernel.isolation import Isolate


def follows(table: str, column: str, parent: str) -> str:
    """A child shows itself exactly while its parent does: the database copies `published` down, and lets nobody differ."""
    return f"""
ALTER TABLE "{table}" ADD CONSTRAINT "{table}_follows" FOREIGN KEY (organisation_id, {column}, published)
    REFERENCES "{parent}" (organisation_id, id, published) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX "{table}_of_{parent}" ON "{table}" ({column}, organisation_id, published);
"""


TIES = f"""
ALTER TABLE product ADD CONSTRAINT product_seen UNIQUE (organisation_id, id, published);
ALTER TABLE offer ADD CONSTRAINT offer_seen UNIQUE (organisation_id, id, published);
{follows("product_picture", "product_id", "product")}
{follows("product_file", "product_id", "product")}
{follows("variant", "product_id", "product")}
{follows("offer_price", "offer_id", "offer")}
{follows("stock", "offer_id", "offer")}

-- A product is the market's: an offer may point to another organisation's, which SiblingKey forbids. It must exist all the same.
ALTER TABLE offer ADD CONSTRAINT offer_of_a_product FOREIGN KEY (product_id) REFERENCES product (id);
ALTER TABLE offer ADD CONSTRAINT offer_of_a_variant FOREIGN KEY (variant_id) REFERENCES variant (id);
CREATE INDEX offer_of_variant ON offer (variant_id) WHERE variant_id IS NOT NULL;

-- The stage of imports can be made again from the file.
ALTER TABLE import_row SET UNLOGGED;
"""

STATISTICS = """
-- A table that was empty a second ago looks empty to the planner, whose plans are then quadratic. The application owns nothing,
-- so it asks for this one deed, which reads and changes nothing, of the owner.
CREATE FUNCTION catalogue_statistics(stage boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF stage THEN
        ANALYZE import_row;
    ELSE
        ANALYZE product, offer, variant, offer_price, stock, product_picture;
    END IF;
END $$;
REVOKE ALL ON FUNCTION catalogue_statistics(boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION catalogue_statistics(boolean) TO oportuno_app, oportuno_market;
"""

NO_TIES = """
DROP FUNCTION catalogue_statistics(boolean);
ALTER TABLE import_row SET LOGGED;
DROP INDEX offer_of_variant;
ALTER TABLE offer DROP CONSTRAINT offer_of_a_variant, DROP CONSTRAINT offer_of_a_product;
ALTER TABLE stock DROP CONSTRAINT stock_follows;
ALTER TABLE offer_price DROP CONSTRAINT offer_price_follows;
ALTER TABLE variant DROP CONSTRAINT variant_follows;
ALTER TABLE product_file DROP CONSTRAINT product_file_follows;
ALTER TABLE product_picture DROP CONSTRAINT product_picture_follows;
ALTER TABLE offer DROP CONSTRAINT offer_seen;
ALTER TABLE product DROP CONSTRAINT product_seen;
"""


class Migration(migrations.Migration):
    dependencies = [("oportuno_catalogue", "0001_initial"), ("oportuno_kernel", "0002_fact_log")]
    operations = [
        Isolate("Product", public="published"),
        Isolate("ProductPicture", public="published"),
        Isolate("ProductFile", public="published"),
        Isolate("Variant", public="published"),
        Isolate("Offer", public="published"),
        Isolate("OfferPrice", public="published"),
        Isolate("Stock", public="published"),
        Isolate("StockMovement"),
        Isolate("BulkChange"),
        Isolate("ImportRun"),
        Isolate("ImportRow"),
        Isolate("ImportProblem"),
        migrations.RunSQL(TIES + STATISTICS, NO_TIES),
    ]
