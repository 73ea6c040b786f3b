"""What a batch of pieces wants to know of the rest of its file: attachments, blocks for reuse, where links lead now."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.people.organisations.api import Organisation

from ..content import Shown, needs
from ..rules.meaning import old_path, source_of
from ..wxr import Item

HREF = re.compile(r"href\s*=\s*[\"']([^\"'\s]{1,1000})|\"(?:url|href)\":\"([^\"\s]{1,1000})")


class Around:
    """Asked in sets, once for a batch."""

    def __init__(self, run: WordpressRun, items: Sequence[Item], base: str) -> None:
        self._run = run
        self._source = source_of(base)
        self._base = f"/v/{Organisation.objects.values_list('slug', flat=True).get(pk=run.organisation_id)}/"
        numbers: set[str] = {item.said("_thumbnail_id") for item in items}
        parents: set[str] = set()
        for item in items:
            named, is_beside = needs(item.content)
            numbers |= named
            if is_beside and item.number:
                parents.add(item.number)
        attachments = WordpressItem.objects.filter(run=run, kind="attachment").exclude(address="").order_by("place")
        self.library = {row.number: _shown(row) for row in attachments.filter(number__in=list(numbers - {""}))}
        self._beside: dict[str, list[Shown]] = defaultdict(list)
        for row in attachments.filter(parent__in=list(parents)):
            self._beside[row.parent].append(_shown(row))
        self._links = self._known(items)
        self._reused: dict[str, str] = {}

    def beside(self, number: str) -> tuple[Shown, ...]:
        """Attachments that hang on an item."""
        return tuple(self._beside.get(number, ()))

    def reused(self, number: str) -> str:
        """The content of a block for reuse."""
        if number not in self._reused:
            row = WordpressItem.objects.filter(run=self._run, kind="wp_block", number=number).first()
            self._reused[number] = row.said.get("content", "") if row else ""
        return self._reused[number]

    def link(self, href: str) -> str:
        """Where a link to a page of the old site leads now; any other stays."""
        path = old_path(href, self._source) if "://" in href or href.startswith(("/", "?")) else ""
        if not path or path not in self._links:
            return href
        fragment = href.partition("#")[2]
        return f"{self._base}{self._links[path]}/{'#' + fragment if fragment else ''}"

    def _known(self, items: Sequence[Item]) -> dict[str, str]:
        """Old paths that these items link to → paths here."""
        hrefs = {one or other.replace("\\/", "/") for item in items for one, other in HREF.findall(item.content)}
        paths = {path for href in hrefs if (path := old_path(href, self._source))}
        numbers = {path.partition("=")[2]: path for path in paths if path.startswith("?")}
        rows = WordpressItem.objects.filter(run=self._run).exclude(path="")
        found = dict(rows.filter(link__in=list(paths)).values_list("link", "path"))
        for number, path in rows.filter(number__in=list(numbers)).values_list("number", "path"):
            found.setdefault(numbers[number], path)
        return found


def _shown(row: WordpressItem) -> Shown:
    return Shown(row.address, row.said.get("alt", ""), row.said.get("caption", ""))
