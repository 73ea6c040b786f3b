"""The rarer things that a seller has: one of each, so that no private table is empty when its locks are tried."""

from __future__ import annotations

import io
from datetime import time

from PIL import Image

from oportuno.doors.integrations.models import Mailbox, MailboxLetter
from oportuno.kernel import content
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.kernel.money import Money
from oportuno.kernel.sealed import seal
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.catalogue.models import Product
from oportuno.offer.directory.models import Decision, Reminder
from oportuno.offer.media import api as media
from oportuno.offer.media.actions.bulk import tag_items
from oportuno.offer.media.actions.channels import Purpose, add_channel
from oportuno.offer.media.actions.curating import Words, bring_link, make_collection, put_into
from oportuno.offer.media.actions.library import make_folder
from oportuno.offer.media.actions.news import receive
from oportuno.offer.media.actions.pieces import Telling, make_piece
from oportuno.offer.media.rules.feeds import News
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.actions.themes import bring_theme, rate_theme, wear
from oportuno.offer.sites.testing import theme_file
from oportuno.people.audience import api as audience
from oportuno.people.audience.actions.telling import set_notices
from oportuno.people.audience.actions.visiting import accept_notice
from oportuno.people.audience.rules.promises import Hours
from oportuno.people.audience.testing import make_contact
from oportuno.people.messaging.actions.identifying import choose_address
from oportuno.people.messaging.actions.letterheads import set_letterhead
from oportuno.people.messaging.actions.posting import Reader, make_frame, post_many
from oportuno.people.messaging.actions.ruling import set_rules
from oportuno.people.messaging.actions.suppressing import suppress
from oportuno.people.messaging.actions.texting import send_text
from oportuno.people.messaging.models import ReaderWish, SenderStanding
from oportuno.people.messaging.testing import followed, letter_from
from oportuno.people.organisations.testing import Actor
from tests.safety.blog import own_blog
from tests.safety.guided import dossier, own_guide
from tests.safety.knowing import market_asks, own_expert
from tests.safety.learned import own_knowledge
from tests.safety.mailed import own_campaigns
from tests.safety.moved import own_wordpress
from tests.safety.segmented import own_segments
from tests.safety.worded import market_binds, own_words

FILE = b"sku,title_es,price\nB,Clavel,1000\nC,,x\n"


def own_rarities(owner: Actor, name: str) -> None:
    """Acts for the owner's organisation, which has contacts, questions and offers already."""
    organisation = owner.member.organisation.pk
    with for_organisation(organisation):
        _around_a_product(owner, name)
        _around_a_contact(owner, name)
        own_segments(owner, name)
        _around_media(owner, name)
        _around_a_look(owner, name)
        own_blog(owner, name)
        own_expert(owner, name, market_asks())
        own_knowledge(owner, name)
        own_guide(owner, name)
        own_campaigns(owner, name)
        dossier(owner, name, now())
        market_binds()
        own_words(owner, name)
        set_letterhead(postal=f"{name}, Calle 1 # 2-3, Bogotá")
        for decision in Decision.objects.filter(organisation_id=organisation)[:1]:
            Reminder.objects.create(decision=decision, days=30, at=now())
        run = catalogue.start_import(name=f"{name} 2.csv", at=now(), currency="COP", by=owner.member.id, file=io.BytesIO(FILE))
    catalogue.run_import(Lease(0, 0, organisation, "test"), run.pk)
    own_wordpress(owner, name)
    suppress(organisation=organisation, address=f"s{organisation}@example.com", reason="bounce", at=now())
    with for_organisation(organisation):
        set_rules(member=owner.member, texts_a_day=10, countries=[], caps_advertising=False, at=now())
        frame = make_frame(
            organisation=organisation, subject=f"{name} boletín", text=f"{name} texto", html=f"<p>{name}</p>", language="es-co",
            purpose="service", at=now(),
        )  # fmt: skip
        _tracked(name, owner)
        choose_address(member=owner.member, address=f"hola@{owner.member.organisation.slug}.example", at=now())
        SenderStanding.objects.create()
        box = Mailbox.objects.create(
            host="imap.example.com", port=993, user=f"{name} buzón", sealed_password=seal("x", "mailbox"), created_at=now(), next_at=now()
        )
        MailboxLetter.objects.create(mailbox=box, name="1")
        ReaderWish.objects.create(contact=make_contact(owner.member.organisation, f"w{organisation}@example.com"), at=now())
        post_many(
            frame,
            [Reader(make_contact(owner.member.organisation, f"b{organisation}@example.com").pk, f"b{organisation}@example.com")],
            at=now(),
        )
    send_text(text=f"{name} texto", to="+573101234567", organisation=organisation, key=f"safety text {name}", at=now())
    letter_from(f"{name} lector", organisation=organisation)


def _tracked(name: str, owner: Actor) -> None:
    """A bulletin with a link that was followed, and followed again."""
    organisation = owner.member.organisation
    frame = make_frame(
        organisation=organisation.pk, subject=f"{name} enlaces", text=f"{name} texto", purpose="service", language="es-co", at=now(),
        html=f'<p>{name} <a href="https://example.com/{organisation.slug}">x</a></p>',
    )  # fmt: skip
    address = f"e{organisation.pk}@example.com"
    post_many(frame, [Reader(make_contact(organisation, address).pk, address)], at=now())
    followed(frame.pk)


def _around_a_product(owner: Actor, name: str) -> None:
    by, at = owner.member.id, now()
    words = catalogue.Words(title_es=f"{name} camisa", description_es=name)
    form = catalogue.Form(options={"Color": "rojo"}, sku=f"V {name}", price=Money(100, "COP"), on_hand=1)
    offer = catalogue.create_product(words=words, listing=catalogue.Listing(sku=f"M {name}"), forms=[form], by=by, at=at)
    product = Product.objects.get(pk=offer.product_id)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    drawn.seek(0)
    catalogue.add_picture(product=product, file=drawn, name="rosa.png", alt=name, by=by, at=at)
    paper = io.BytesIO(f"%PDF-1.4\n%{name}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".encode())
    catalogue.add_file(product=product, file=paper, name="ficha.pdf", title=name, by=by, at=at)


def _around_media(owner: Actor, name: str) -> None:
    """A thing of the library and what was done to it, a channel with a find, a collection, a piece."""
    by, at = owner.member.id, now()
    item = media.keep_item(file=io.BytesIO(f"a,b\n{name},2\n".encode()), name=f"{name}.csv", by=by, at=at)
    make_folder(name=f"{name} carpeta", parent=None, at=at)
    tag_items(chosen=[item.pk], tags=[f"{name} etiqueta"], by=by, at=at)
    channel = add_channel(said=f"https://example.com/{by}.xml", purpose=Purpose(), by=by, at=at)
    settled = News(f"{name} noticia", f"https://example.com/{by}", f"{name} noticia", name, "", "text", "", "", at)
    receive(channel=channel, news=[settled], at=at)
    find = bring_link(address=f"https://example.com/{by}", by=by, at=at)
    collection = make_collection(words=Words(f"{name} colección"), by=by, at=at)
    put_into(collection=collection, find=find, by=by, at=at)
    text = content.read({"blocks": [{"type": "text", "text": name}]})
    make_piece(telling=Telling(f"{name} pieza", text=text), by=by, at=at)


def _around_a_contact(owner: Actor, name: str) -> None:
    organisation, at = owner.member.organisation, now()
    email = audience.addresses.email(f"q{organisation.pk}@example.com")
    assert email
    how = audience.Circumstances("form")
    told = audience.subscribe(organisation=organisation, email=email, circumstances=how, name=f"{name} boletín", at=at)
    audience.identify(visitor=accept_notice(language="es", at=at).pk, contact=told.contact.pk, at=at)
    asked = audience.ask(organisation=organisation, email=email, text=f"{name} otra pregunta", circumstances=how, at=at, proven=True)
    question = audience.answer_question(question=asked, text=f"{name} respuesta", by=owner.member, at=at)
    audience.publish_answer(question=question, asked=f"{name} ¿hay rosas?", answered=f"{name} sí.", by=owner.member, at=at)
    audience.set_answer_hours(hours=Hours(frozenset({0, 1}), time(8), time(17), 24, "America/Bogota"), by=owner.member, at=at)
    set_notices(by=owner.member, wanted=False)
    audience.make_field(label=f"{name} talla", kind="choice", choices=["S", "M"], by=owner.member, at=at)
    twins = [make_contact(organisation, f"twin{number}.{organisation.pk}@example.com", f"{name} gemela {number}").pk for number in range(4)]
    audience.set_apart(one=twins[0], other=twins[1], by=owner.member, at=at)
    audience.merge_contacts(kept=twins[2], gone=twins[3], chosen={}, by=owner.member, at=at)
    for number in range(2):
        make_contact(organisation, f"likely{number}.{organisation.pk}@example.com", f"{name} parecida", place="Cali")
    audience.look_for_duplicates(at=at)
    gone = make_contact(organisation, f"gone{organisation.pk}@example.com", f"{name} olvidada")
    audience.erase_contact(organisation=organisation.pk, contact=gone.pk, by=owner.member.id, at=at)


def _around_a_look(owner: Actor, name: str) -> None:
    """A site in a theme that was brought for it, with a look to go back to and stars for the theme."""
    by, at = owner.member, now()
    sites.found_site(organisation=by.organisation, title=f"{name} sitio", by=by.id, at=at)
    version = bring_theme(file=theme_file(f"{name} tema"), by=by, at=at)
    wear(theme=version.key, look={"size": "large"}, by=by, at=at)
    rate_theme(theme=version.theme_id, stars=4, by=by, at=at)
