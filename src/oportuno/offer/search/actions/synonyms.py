"""The words of a vertical that find the same things."""

from __future__ import annotations

from django.db import transaction

from oportuno.kernel.packs import Pack
from oportuno.offer.search.models import SearchSynonym
from oportuno.offer.search.rules.words import LINKS, split, stem


@transaction.atomic
def install_synonyms(pack: Pack) -> int:
    """Take over the groups of a pack, replacing those it brought before; how many. They work from the next question on."""
    SearchSynonym.objects.filter(pack=pack.name).delete()
    groups = [(group.key, list(dict.fromkeys([*group.words("es"), *group.words("en")]))) for group in pack.synonyms.groups]
    rows = [SearchSynonym(pack=pack.name, key=key, words=words, stems=[phrase(word) for word in words]) for key, words in groups]
    return len(SearchSynonym.objects.bulk_create(rows))


def phrase(words: str) -> str:
    """How a phrase is looked up: its stems without mere links."""
    return " ".join(stem(word) for word in split(words) if word not in LINKS)
