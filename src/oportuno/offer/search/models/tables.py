"""The tables of search. The index is public as a whole: it holds nothing that is not published, so no row is locked."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """A row per document. `words` holds our own lexemes (rules.words), weighted A title, B keywords, C subtitle, D body.

    `head` is the same without the body, and lies in the row: a common word is looked for there first, and ranked there. `tags` gathers all that can be filtered
    by and counted: "key=value" of the owner, and ours with a colon ("category:rosas", "place:bogota"). `entered` is the
    transaction that first put it in (as facts count them): what is new to a reader is told by it, not by a clock that
    a slow import could sneak behind. `counted` is the same again to be counted by: the numbers of its tags (`rules.packing`). What counting and ranking read comes first: of thousands of rows, only the beginning is taken apart.
    """

    id = models.BigAutoField(primary_key=True)
    entered = models.BigIntegerField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    popularity = models.FloatField(default=0)
    title_length = models.IntegerField(default=1)
    length = models.IntegerField(default=0)
    organisation_id = models.IntegerField()
    in_stock = models.BooleanField(default=False)
    certified = models.BooleanField(default=False)
    counted = models.BinaryField(default=b"")
    price_minor = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    price_currency = models.CharField(max_length=3, default="")
    tags = ArrayField(models.TextField(), default=list)
    head = SearchVectorField()
    words = SearchVectorField()
    key = models.TextField(unique=True)
    url = models.TextField()
    title_es = models.TextField(default="")
    title_en = models.TextField(default="")
    subtitle_es = models.TextField(default="")
    subtitle_en = models.TextField(default="")
    body_es = models.TextField(default="")
    body_en = models.TextField(default="")
    keywords = models.TextField(default="")
    sku = models.TextField(default="")
    seller_slug = models.TextField(default="")
    seller_name = models.TextField(default="")
    categories = ArrayField(models.TextField(), default=list)
    country = models.CharField(max_length=2, default="")
    city = models.TextField(default="")
    picture = models.TextField(default="")

    class Meta:
        db_table = "search_document"
        indexes = [
            GinIndex(fields=["words"], name="search_document_words"),
            GinIndex(fields=["head"], name="search_document_head"),
            GinIndex(fields=["tags"], name="search_document_tags"),
            models.Index(fields=["kind", "-published_at", "-id"], name="search_document_newest"),
            models.Index(fields=["kind", "price_currency", "price_minor", "id"], name="search_document_price"),
            models.Index(fields=["-popularity", "-published_at", "-id"], name="search_document_liked"),
            models.Index(fields=["price_minor", "-id"], name="search_document_cheap"),
            models.Index(fields=["organisation_id"], name="search_document_owner"),
        ]


class SearchPlace(models.Model):
    """Where a document is offered; a document may have many places. The index is on the point (longitude, latitude)."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    lat = models.FloatField()
    lon = models.FloatField()
    city = models.TextField(default="")

    class Meta:
        db_table = "search_place"


class SearchWord(models.Model):
    """A word of the index, folded; how people write it most ("peonías"); how many documents have it.

    `by_kind`: how many documents of each kind (in the order of KINDS) have its lexeme. What is rare among products may be
    common among pages, so each kind is scored by its own figures.
    """

    word = models.TextField(primary_key=True)
    shown = models.TextField()
    lexeme = models.TextField()
    documents = models.IntegerField()
    by_kind = ArrayField(models.IntegerField())

    class Meta:
        db_table = "search_word"
        indexes = [models.Index(fields=["lexeme"], name="search_word_lexeme")]


class SearchTag(models.Model):
    """A value that documents are tagged with; `id` is the number it is counted by, so a tag is never taken out again.

    "all:…" stands for several that come together (`rules.packing`).
    `shown` is how a place is written, once learned; `key` and `number` are for what can be asked by ranges: "stem=50".
    """

    id = models.AutoField(primary_key=True)
    tag = models.TextField(unique=True)
    shown = models.TextField(default="")
    key = models.TextField(default="")
    number = models.FloatField(null=True)

    class Meta:
        db_table = "search_tag"
        indexes = [models.Index(fields=["key", "number"], name="search_tag_number", condition=models.Q(number__isnull=False))]


class SearchMeasure(models.Model):
    """How large the index is, a row per kind, as far as it has been learned. `learned` counts transactions, like facts do."""

    kind = models.CharField(max_length=8, primary_key=True)
    documents = models.IntegerField(default=0)
    title_length = models.FloatField(default=8)
    length = models.FloatField(default=40)
    learned = models.BigIntegerField(default=0)

    class Meta:
        db_table = "search_measure"


class SearchSynonym(models.Model):
    """A group of words of a vertical that find the same things: as people write them, and beside each its stems."""

    pack = models.TextField()
    key = models.TextField()
    words = ArrayField(models.TextField())
    stems = ArrayField(models.TextField())

    class Meta:
        db_table = "search_synonym"
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="search_synonym_once")]
