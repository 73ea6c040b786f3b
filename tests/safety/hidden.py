"""Every way of being hidden, each alone: one flag is off, and all that usually goes off with it is left on.

So each filter of a public question decides somewhere, and nobody else in its place. What must not be read is called `Kanario…`.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections

from oportuno.kernel import content
from oportuno.kernel.clock import now
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.money import Money
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.catalogue.models import Offer, Product
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import make_seller
from oportuno.offer.experts import api as experts
from oportuno.offer.experts.models import Expert, PublicQuestion
from oportuno.offer.glossary import api as glossary
from oportuno.offer.guides import api as guides
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.knowledge.testing import show_article
from oportuno.offer.media import api as media
from oportuno.offer.media.actions.curating import Opinion, Words, bring_link, make_collection, put_into, rate_find
from oportuno.offer.media.actions.pieces import Telling, make_piece
from oportuno.people.organisations.api import Organisation
from oportuno.people.organisations.testing import Actor, make_organisation, make_person
from tests.safety.guided import own_guide
from tests.safety.knowing import market_asks, own_answer, own_expert, own_reason
from tests.safety.market import CANARY, Market, first, own_things, private_tables
from tests.safety.plenty import own_rarities
from tests.safety.worded import market_binds, market_explains

HIDDEN = "Kanario"
WORD = "begonia"
"""Stands beside each hidden name, so that a search for it must find them, if anything does."""
FAR = (-54.8, -68.3)
"""Where nobody but a hidden point of sale is."""
SUMS = ("8765432", "9654321")
"""Prices that nobody may read now, without the marks between their digits."""


@dataclass
class Hidden:
    """`oculta` is not on show, and all she has is. `vera` is, and of each kind she has one thing that is not."""

    oculta: Actor
    vera: Actor
    slugs: dict[str, list[str]] = field(default_factory=dict)
    media: list[tuple[str, str]] = field(default_factory=list)  # (seller, piece or collection)
    sites: dict[str, list[dict[str, object]]] = field(default_factory=dict)  # name of an address → its parameters
    numbered: list[tuple[int, str]] = field(default_factory=list)  # (number, slug) of articles

    @property
    def writers(self) -> list[str]:
        return [one.member.organisation.slug for one in (self.oculta, self.vera)]


def hide(market: Market) -> Hidden:
    """Everything on show and found by search, then the flags one by one."""
    oculta, vera = (_seller(market, *who) for who in (("Oculta", f"{HIDDEN}culta {WORD}"), ("Vera", "Vera")))
    _of_vera(market, vera)
    _experts_of_vera(vera)
    own_guide(vera, f"{HIDDEN}guia {WORD}")
    for owner in (oculta, vera):
        words = {"es": f"{HIDDEN if owner is oculta else 'Vera'} articulo {WORD}"}
        _write(f"articulo-de-{owner.person.name.lower()}", owner, words)
    _write("kanarioarticulo", vera, {"es": f"{HIDDEN}articulo {WORD}"})
    _words_and_books()
    made = Hidden(oculta, vera)
    for turn in (1, 2):  # search is fed in between, from what each flag alone leaves
        everything_on_show([oculta.member.organisation.pk, vera.member.organisation.pk])
        _flags(made)
        if turn == 1:
            feed(*made.writers)
    made.slugs = {kind: _column(kind, made) for kind in ("product", "article", "document", "guide", "dossier", "question", "word", "book")}
    made.media = _media(made)
    made.numbered = _numbered()
    made.sites = _sites(made)
    return made


def _seller(market: Market, person: str, organisation: str) -> Actor:
    human = make_person(person)
    owner = Actor(human, make_organisation(organisation, owner=human))
    make_seller(owner, market.dario)
    for have in (own_things, own_rarities):
        have(owner, organisation if HIDDEN in organisation else f"Vera {WORD}")
    return owner


def _write(slug: str, owner: Actor, words: dict[str, str]) -> None:
    show_article(slug=slug, seller=owner.member.organisation.slug, title=words, body=words, tags=["rosas"], at=now())


def _of_vera(market: Market, vera: Actor) -> None:
    by, at = vera.member.id, now()
    with for_organisation(vera.member.organisation.pk):
        for title in (f"{HIDDEN}producto {WORD}", f"{HIDDEN}solo {WORD}", f"Vera abierta {WORD}"):
            words = catalogue.Words(title_es=title, description_es=title)
            listing = catalogue.Listing(sku=title, prices=[Money(100_000, "COP")])
            offer = catalogue.create_product(words=words, listing=listing, by=by, at=at, on_hand=3)
            catalogue.show_many(offers=[offer.pk], active=True, by=by, at=at)
            paper = io.BytesIO(f"%PDF-1.4\n%{title}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".encode())
            catalogue.add_file(product=Product.objects.get(pk=offer.product_id), file=paper, name="ficha.pdf", title=title, by=by, at=at)
        for name, (latitude, longitude) in {f"{HIDDEN}punto": FAR, "Vera esquina": (4.65, -74.05)}.items():
            said = directory.SaidPoint(name=f"{name} {WORD}", latitude=str(latitude), longitude=str(longitude))
            directory.open_point(said=said, by=vera.member, at=at)
        _media_of_vera(by)
        page = first("product", "organisation_id = %s AND published", market.organisation, column="slug")
        joined = catalogue.join_product(named=f"/productos/{page}/", listing=catalogue.Listing(sku=f"{HIDDEN}oferta"), by=by, at=at)
        catalogue.show_many(offers=[joined.pk], active=True, by=by, at=at)


def _experts_of_vera(vera: Actor) -> None:
    """A hidden expert; of one on show a hidden answer and a hidden reason, to another question; and a question that is hidden."""
    shown, other = market_asks(), market_asks("¿Y qué es lo que todos preguntan de las begonias?")
    market_asks(f"{HIDDEN}pregunta publica")
    with for_organisation(vera.member.organisation.pk):
        hidden = own_expert(vera, f"{HIDDEN}experto {WORD}", shown)
        seen = own_expert(vera, f"Vera sabe {WORD}", shown)
        own_answer(vera, seen, f"{HIDDEN}contestacion {WORD}", other)
        own_reason(vera, seen, f"{HIDDEN}razon")
        assert hidden.published


def _words_and_books() -> None:
    """A hidden word; a hidden book, one whose edition is hidden, and one of texts that nobody may read any more."""
    market_explains(f"{HIDDEN}termino", f"{HIDDEN}termino {WORD}")
    with for_market("a test binds books"):
        articles = knowledge.Article.objects.filter(title_es__startswith=HIDDEN, published=True, number__isnull=False)
        numbers = [one.number or 0 for one in articles]
    for title, chosen in ((f"{HIDDEN}libro", []), ("Libro sin edicion", []), ("Libro de lo oculto", numbers)):
        market_binds(title, chosen)


def _media_of_vera(by: UUID) -> None:
    """A piece that shows a hidden file, and one that is hidden; a collection with a hidden place and a hidden find, and one that is hidden."""
    at = now()
    item = media.keep_item(file=io.BytesIO(b"a,b\n1,2\n"), name=f"{HIDDEN}archivo.csv", by=by, at=at)
    for title in (f"{HIDDEN}pieza {WORD}", f"Vera pieza {WORD}"):
        text = content.read({"blocks": [{"type": "text", "text": title}, {"type": "file", "file": str(item.pk)}]})
        make_piece(telling=Telling(title, persona="novia", problem=title, text=text), by=by, at=at)
    hidden, shown = (make_collection(words=Words(title), by=by, at=at) for title in (f"{HIDDEN}coleccion {WORD}", f"Vera coleccion {WORD}"))
    for name in ("hallazgo", "lugar", "visto"):
        find = bring_link(address=f"https://example.com/{name}-{by}", by=by, at=at)
        title = f"Vera {name} {WORD}" if name == "visto" else f"{HIDDEN}{name} {WORD}"
        rate_find(find=find, opinion=Opinion(title), by=by, at=at)
        for collection in (shown, hidden):
            put_into(collection=collection, find=find, by=by, at=at)


def superuser() -> psycopg.Connection[Any]:
    """This process's own clone, past every lock."""
    cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
    return psycopg.connect(**cluster.dsn("superuser", connections["default"].settings_dict["NAME"]), autocommit=True)


STATED = {
    "site": "allowed AND opened_at IS NOT NULL",
    "site_entry": "state = 'published'",
    "site_comment": "state = 'approved'",
    "site_form": "state = 'open'",
    "knowledge_article": "state <> 'draft'",
    "public_question": "state = 'shown'",
    "guide": "version > 0 AND withdrawn_at IS NULL",
    "expert": "state = 'approved'",
    "expert_point": "state = 'approved'",
    "expert_answer": "state = 'shown'",
    "theme_version": "state IN ('approved', 'own')",
    "site_topic": "published",
    "ebook": "current > 0",
    "ebook_edition": "state = 'ready'",
}
"""What the database itself lets nobody publish otherwise."""


def everything_on_show(owners: list[int]) -> None:
    """All that these organisations have, whatever was done to them before."""
    with superuser() as owner:
        owner.execute("UPDATE seller SET standing = 'approved' WHERE organisation_id = ANY(%s)", [owners])
        for table in private_tables():
            if owner.execute(
                "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'published'", [table]
            ).fetchone():
                stated = STATED.get(table, "true")
                owner.execute(f"UPDATE {table} SET published = true WHERE organisation_id = ANY(%s) AND {stated}", [owners])


def _flags(made: Hidden) -> None:
    with superuser() as owner:
        for statement in FLAGS:
            params = {"vera": made.vera.member.organisation.pk, "oculta": made.oculta.member.organisation.pk, "at": now()}
            params |= {"long_ago": now() - timedelta(days=30), "some_day": now() + timedelta(days=30)}
            assert owner.execute(statement, params).rowcount or "ON CONFLICT" in statement, f"hides nothing: {statement}"


OPEN = f"(SELECT id FROM product WHERE title_es = 'Vera abierta {WORD}')"
OPENS_OFFER = f"(SELECT id FROM offer WHERE product_id = {OPEN} AND variant_id IS NULL)"


def _one_off(table: str, named: str, which: str = "true") -> str:
    """One row of hers gets a name that nobody may read, and is off; the others stay on."""
    return f"""UPDATE {table} SET published = false, {named} WHERE organisation_id = %(vera)s
        AND id = (SELECT id FROM {table} WHERE organisation_id = %(vera)s AND {which} ORDER BY id LIMIT 1)"""


SITE_FLAGS = (
    # the market lets nobody see the site of one who is not on show, though all that is in it says that it is
    "UPDATE site SET published = false, allowed = false WHERE organisation_id = %(oculta)s",
    _one_off("site_entry", f"title = '{HIDDEN}pagina {WORD}'", "kind = 'page' AND state = 'published'"),
    _one_off("site_comment", f"text = '{HIDDEN}comentario'", "state = 'approved' AND parent_id IS NOT NULL"),
    _one_off("site_topic", f"title = '{HIDDEN}tema'", "state = 'open'"),
    _one_off("site_form", f"title = '{HIDDEN}formulario'", "state = 'open'"),
    f"UPDATE site_domain SET published = false, name = '{HIDDEN.lower()}.example' WHERE organisation_id = %(vera)s",
    f"UPDATE theme SET published = false, name = '{HIDDEN}traje' WHERE organisation_id = %(vera)s",
    f"UPDATE theme_version SET published = false, number = '{HIDDEN}' WHERE organisation_id = %(vera)s",
)
FLAGS = (
    f"UPDATE media_item SET published = false WHERE name = '{HIDDEN}archivo'",
    f"UPDATE media_piece SET published = false WHERE title = '{HIDDEN}pieza {WORD}'",
    f"UPDATE media_collection SET published = false WHERE title = '{HIDDEN}coleccion {WORD}'",
    "UPDATE media_find SET shown = true WHERE organisation_id IN (%(vera)s, %(oculta)s)",
    f"UPDATE media_find SET shown = false WHERE title = '{HIDDEN}hallazgo {WORD}'",
    f"UPDATE media_place SET published = false WHERE find_id = (SELECT id FROM media_find WHERE title = '{HIDDEN}lugar {WORD}')",
    "UPDATE seller SET published = false WHERE organisation_id = %(oculta)s",
    f"UPDATE glossary_term SET published = false WHERE name_es = '{HIDDEN}termino'",
    f"UPDATE ebook SET published = false WHERE title = '{HIDDEN}libro'",
    "UPDATE ebook_edition SET published = false WHERE book_id = (SELECT id FROM ebook WHERE title = 'Libro sin edicion')",
    f"UPDATE public_question SET published = false WHERE title = '{HIDDEN}pregunta publica'",
    "UPDATE guide SET published = false WHERE slug LIKE 'kanarioguia%%'",
    f"UPDATE expert SET published = false WHERE name LIKE '{HIDDEN}experto%%'",
    f"UPDATE expert_answer SET published = false WHERE text LIKE '{HIDDEN}contestacion%%'",
    f"UPDATE expert_point SET published = false WHERE title LIKE '{HIDDEN}razon%%'",
    f"UPDATE product SET published = false WHERE title_es = '{HIDDEN}producto {WORD}'",
    f"UPDATE offer SET published = false WHERE sku IN ('{HIDDEN}solo {WORD}', '{HIDDEN}oferta')",
    f"UPDATE point_of_sale SET published = false WHERE name LIKE '{HIDDEN}punto%%'",
    "UPDATE knowledge_article SET published = false WHERE slug_before = 'kanarioarticulo'",
    # on one shelf: a product that is hidden, and one of Alba's that Vera offers too, hidden
    f"""UPDATE product SET category_id = (SELECT id FROM category WHERE slug = 'rosas')
        WHERE title_es IN ('{HIDDEN}producto {WORD}', '{CANARY} producto')""",
    # prices: one begins some day, one has ended
    f"""INSERT INTO offer_price (id, organisation_id, offer_id, published, currency, amount_minor, starts_at, ends_at)
        SELECT gen_random_uuid(), %(vera)s, {OPENS_OFFER}, true, p.money, p.amount, p.starts, p.ends FROM (VALUES
            ('MXN', 8765432, %(some_day)s, NULL::timestamptz), ('EUR', 9654321, NULL, %(long_ago)s)) AS p(money, amount, starts, ends)
        ON CONFLICT DO NOTHING""",
    # a mark, a sector and a place of hers that she does not have for everybody
    f"""INSERT INTO certification (id, organisation_id, seller_id, decision_id, key, title, description, icon, evidence_kind, granted_at, published)
        SELECT gen_random_uuid(), %(vera)s, s.id, d.id, 'kanariosello', '{{"es": "{HIDDEN}sello", "en": "{HIDDEN}sello"}}',
            '{{"es": "x", "en": "x"}}', 'seal-check', 'document', %(at)s, false
        FROM seller s JOIN vetting_decision d ON d.seller_id = s.id WHERE s.organisation_id = %(vera)s
            AND NOT EXISTS (SELECT 1 FROM certification WHERE key = 'kanariosello') LIMIT 1 ON CONFLICT DO NOTHING""",
    "UPDATE certification SET published = false WHERE key = 'kanariosello'",
    f"""INSERT INTO sector (pack, slug, title, singular, description, icon, categories, "order")
        SELECT pack, 'kanariosector', '{{"es": "{HIDDEN}sector", "en": "{HIDDEN}sector"}}', singular, description, icon, categories, 99
        FROM sector WHERE slug = 'floristerias' ON CONFLICT DO NOTHING""",
    """INSERT INTO seller_sector (id, organisation_id, seller_id, sector_id, vetted, published)
        SELECT gen_random_uuid(), %(vera)s, s.id, x.id, true, false FROM seller s, sector x
        WHERE s.organisation_id = %(vera)s AND x.slug = 'kanariosector' ON CONFLICT DO NOTHING""",
    "UPDATE seller_sector SET published = false WHERE sector_id = (SELECT id FROM sector WHERE slug = 'kanariosector')",
    f"INSERT INTO place (code, country, kind, name_es, name_en) VALUES ('KANARIO', 'KN', 'country', '{HIDDEN}isla', '{HIDDEN}isla') ON CONFLICT DO NOTHING",
    """INSERT INTO seller_place (id, organisation_id, seller_id, place_id, published)
        SELECT gen_random_uuid(), %(vera)s, id, 'KANARIO', false FROM seller WHERE organisation_id = %(vera)s ON CONFLICT DO NOTHING""",
    "UPDATE seller_place SET published = false WHERE place_id = 'KANARIO'",
    # answers: to a question about her product, and to one about herself
    f"""INSERT INTO published_answer (id, organisation_id, question_id, about_kind, about_id, asked, answered, at, by_id, published)
        SELECT gen_random_uuid(), %(vera)s, q.id, 'product', {OPEN}::text, '{HIDDEN}pregunta', '{HIDDEN}respuesta', %(at)s, gen_random_uuid(), false
        FROM question q WHERE q.organisation_id = %(vera)s AND NOT EXISTS (SELECT 1 FROM published_answer p WHERE p.question_id = q.id)
        LIMIT 1 ON CONFLICT DO NOTHING""",
    f"UPDATE published_answer SET published = false WHERE asked = '{HIDDEN}pregunta'",
    # a shelf that the vertical does not use any more
    f"""INSERT INTO category (slug, path, depth, "order", title_es, title_en, icon, sells, pack, active, description_es, description_en)
        SELECT 'kanarioestante', 'kanarioestante', 0, 999, '{HIDDEN}estante', '{HIDDEN}estante', icon, sells, pack, false, '', ''
        FROM category LIMIT 1 ON CONFLICT DO NOTHING""",
    f"UPDATE product SET category_id = (SELECT id FROM category WHERE slug = 'kanarioestante') WHERE title_es = 'Vera abierta {WORD}'",
    "UPDATE catalogue_edition SET at = %(at)s",
    *SITE_FLAGS,
)


def feed(*sellers_of_articles: str) -> None:
    """Search, as the readers of facts do it. A product that is hidden is left out: feeding would first mend its flag."""
    with for_market("a test feeds search"):
        products = Offer.objects.exclude(sku__startswith=f"{HIDDEN}producto").values_list("product_id", flat=True)
        sellers = list(directory.Seller.objects.values_list("pk", flat=True))
        found = list(dict.fromkeys(products))
        known, asked = list(Expert.objects.values_list("pk", flat=True)), list(PublicQuestion.objects.values_list("pk", flat=True))
    catalogue.feed_search(found)
    knowledge.follow_owners(Organisation.objects.filter(slug__in=sellers_of_articles).values_list("pk", flat=True))
    directory.index_sellers(sellers)
    guides.follow_owners(Organisation.objects.filter(slug__in=sellers_of_articles).values_list("pk", flat=True))
    experts.find_experts(known)
    experts.find_questions(asked)
    with for_market("a test feeds search"):
        glossary.find_terms(list(glossary.Term.objects.values_list("pk", flat=True)))


def with_stale_documents(made: Hidden) -> None:
    """The index still has what Oculta had: a reader of facts that began before she was hidden, and ended after."""
    with superuser() as owner:
        _say(owner, made, True)
    feed(*made.writers)
    with superuser() as owner:
        _say(owner, made, False)


def _say(owner: psycopg.Connection[Any], made: Hidden, published: bool) -> None:
    owner.execute("UPDATE seller SET published = %s WHERE organisation_id = %s", [published, made.oculta.member.organisation.pk])


def _column(kind: str, made: Hidden) -> list[str]:
    """What addresses name: products and files of the two, and every article."""
    owners = [made.oculta.member.organisation.pk, made.vera.member.organisation.pk]
    asked = {
        "word": f"SELECT slug FROM glossary_term WHERE %s::int[] IS NOT NULL AND name_es LIKE '{HIDDEN}%%'",
        "book": "SELECT slug FROM ebook WHERE %s::int[] IS NOT NULL",
        "question": f"SELECT slug FROM public_question WHERE %s::int[] IS NOT NULL AND title LIKE '{HIDDEN}%%'",
        "article": "SELECT slug FROM knowledge_article WHERE %s::int[] IS NOT NULL AND slug <> ''",
        "guide": "SELECT slug FROM guide WHERE organisation_id = ANY(%s)",
        "dossier": "SELECT id FROM guide_dossier WHERE sellers && %s::int[]",
        "product": "SELECT slug FROM product WHERE organisation_id = ANY(%s)",
        "document": "SELECT id FROM document WHERE organisation_id = ANY(%s)",
    }
    with superuser() as owner:
        return [str(row[0]) for row in owner.execute(asked[kind], [owners]).fetchall()]


def _numbered() -> list[tuple[int, str]]:
    with superuser() as owner:
        return [
            (number, slug)
            for number, slug in owner.execute("SELECT number, slug FROM knowledge_article WHERE number IS NOT NULL").fetchall()
        ]


def _media(made: Hidden) -> list[tuple[str, str]]:
    owners = {one.member.organisation.pk: one.member.organisation.slug for one in (made.oculta, made.vera)}
    asked = "SELECT organisation_id, slug FROM media_piece UNION ALL SELECT organisation_id, slug FROM media_collection"
    with superuser() as owner:
        return [(owners[of], slug) for of, slug in owner.execute(asked).fetchall() if of in owners]


SITE_ADDRESSES = {
    "site:category": ("slug", "SELECT organisation_id, slug FROM site_term"),
    "site:tag": ("slug", "SELECT organisation_id, slug FROM site_term"),
    "site:author": ("slug", "SELECT organisation_id, slug FROM site_author"),
    "site:form": ("form", "SELECT organisation_id, slug FROM site_form"),
    "site:entry": ("path", "SELECT organisation_id, path FROM site_entry UNION ALL SELECT organisation_id, path FROM site_redirect"),
}


def _sites(made: Hidden) -> dict[str, list[dict[str, object]]]:
    """Both sites at each of their addresses, with all that can stand in it."""
    owners = {one.member.organisation.pk: one.member.organisation.slug for one in (made.oculta, made.vera)}
    found: dict[str, list[dict[str, object]]] = {}
    with superuser() as owner:
        for name, (parameter, asked) in SITE_ADDRESSES.items():
            rows = owner.execute(asked).fetchall()
            found[name] = [{"organisation": owners[of], parameter: value} for of, value in rows if of in owners]
    return found


ALWAYS = {"picture"}
"""Never turned off: a picture is found by the digest of its content, which only a page that shows it tells."""
AS_ANOTHER = {"knowledge_version", "site_author", "site_term", "site_redirect", "site_tally"}
"""Never off while their site, their entry or their article is on: they are tried with it."""


def leftovers() -> list[str]:
    """Tables with a flag that no way of hiding turns off, nor follows another's by a constraint: a new one is tried from its first day."""
    with superuser() as owner:
        tables = owner.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'published' AND table_schema = 'public'"
        )
        follows = owner.execute("SELECT conrelid::regclass::text FROM pg_constraint WHERE conname LIKE '%\\_follows'").fetchall()
        tried = {one.split()[1] for one in FLAGS if "SET published = false" in one} | {str(table) for (table,) in follows}
        return sorted({str(name) for (name,) in tables} - tried - ALWAYS - AS_ANOTHER)
