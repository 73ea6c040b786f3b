"""The vertical of flowers, for every test here."""

from oportuno.offer.directory.testing import flores

__all__ = ["flores"]
