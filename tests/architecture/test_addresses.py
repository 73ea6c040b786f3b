"""Every address that a template names is there: `{% url … as x %}` says nothing where it is not, and a link leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLResolver, get_resolver

HOUSE = Path(__file__).resolve().parents[2] / "src" / "oportuno"
NAMED = re.compile(r"""\{%\s*url\s+["']([\w:-]+)["']""")


def known(resolver: URLResolver, before: tuple[str, ...] = ()) -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from known(one, (*before, one.namespace) if one.namespace else before)
        elif one.name:
            yield ":".join((*before, one.name))


def test_every_address_that_a_template_names_is_there() -> None:
    there = set(known(get_resolver()))
    named = {
        (str(file.relative_to(HOUSE)), name) for file in HOUSE.rglob("templates/**/*.html") for name in NAMED.findall(file.read_text())
    }
    assert len(named) > 300
    assert sorted(one for one in named if one[1] not in there) == []
