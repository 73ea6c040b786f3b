"""Front door: sellers, where they stand, their points of sale, the vertical they belong to."""

from oportuno.offer.directory.actions.verticals import install_pack
from oportuno.offer.directory.models import Place, PointOfSale, Sector, Seller, Standing
from oportuno.offer.directory.queries.sellers import (
    own_seller,
    point_for,
    points_of,
    published_seller,
    published_sellers,
    seller_of,
)
from oportuno.offer.directory.queries.verticals import method, said, sectors

__all__ = [
    "Place",
    "PointOfSale",
    "Sector",
    "Seller",
    "Standing",
    "install_pack",
    "method",
    "own_seller",
    "point_for",
    "points_of",
    "published_seller",
    "published_sellers",
    "said",
    "sectors",
    "seller_of",
]
