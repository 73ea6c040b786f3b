"""What the tests of the design system share: a reader, and a way to draw a few lines of template."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

Draw = Callable[..., str]


@pytest.fixture(autouse=True)
def _in_english(db: None) -> Iterator[None]:
    """In a market of its own: the frame of every page asks the database which one it is."""
    with translation.override("en"):
        yield


@pytest.fixture
def request_of() -> Callable[..., object]:
    def make(path: str = "/ui/", **cookies: str) -> object:
        request = RequestFactory().get(path)
        request.user = AnonymousUser()
        request.COOKIES.update(cookies)
        return request

    return make


@pytest.fixture
def draw(request_of) -> Draw:
    def drawn(source: str, path: str = "/ui/", **context: object) -> str:
        return engines["django"].from_string(source).render(context, request_of(path))

    return drawn
