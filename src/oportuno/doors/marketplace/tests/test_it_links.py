"""Links of long lists are made quickly, and are the same as any other."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from oportuno.doors.marketplace.queries.addresses import page_of


@pytest.mark.parametrize("language", ["es-co", "es-mx", "en"])
@pytest.mark.parametrize("name", ["market:product", "market:seller"])
def test_an_address_is_the_one_that_django_makes(language: str, name: str) -> None:
    with translation.override(language):
        assert page_of(name, "rosa-roja-24") == reverse(name, args=["rosa-roja-24"])
