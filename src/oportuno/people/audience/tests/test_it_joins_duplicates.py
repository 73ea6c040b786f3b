"""Two contacts that are one: found, shown before, joined, and two again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.actions.knowing import add_note, tag
from oportuno.people.audience.actions.writing import Written, write_contact
from oportuno.people.audience.models import Consent, ConsentState, Contact, ContactMerge, Identity, KnownVisitor, Note, Question
from oportuno.people.audience.queries.timeline import timeline_of
from oportuno.people.audience.testing import FORM, asked, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def wrote(actor: Actor, name: str, email: str, **more: Any) -> Contact:
    given = api.addresses.email(email)
    assert given
    with for_organisation(actor.organisation.pk):
        return write_contact(written=Written(name=name, **more), identities=[given], by=actor.member, at=now())


def join(actor: Actor, kept: Contact, gone: Contact, **chosen: str) -> ContactMerge:
    with for_organisation(actor.organisation.pk):
        return api.merge_contacts(kept=kept.pk, gone=gone.pk, chosen=chosen, by=actor.member, at=now())


def part(actor: Actor, merge: ContactMerge) -> None:
    with for_organisation(actor.organisation.pk):
        api.undo_merge(merge=merge.pk, by=actor.member, at=now())


def agree(actor: Actor, contact: Contact, purpose: str = "bulletin") -> None:
    with for_organisation(actor.organisation.pk):
        api.give(contact=contact, agreed=api.Agreed(purpose, "email", "I want it"), circumstances=FORM, at=now())


def refuse(actor: Actor, contact: Contact, purpose: str = "bulletin") -> None:
    api.withdraw(organisation=actor.organisation.pk, contact=contact.pk, channel="email", purpose=purpose, circumstances=FORM, at=now())


def standings(actor: Actor) -> dict[tuple[UUID, str], str]:
    return {(one.contact_id, one.purpose): one.standing for one in rows(actor.organisation, ConsentState)}


def pairs(actor: Actor) -> list[tuple[set[UUID], list[str]]]:
    with for_organisation(actor.organisation.pk), override("en"):
        api.look_for_duplicates(at=now())
        return [({one.one.pk, one.other.pk}, one.words) for one in api.duplicates_of(actor.member).pairs]


def whole(actor: Actor) -> list[Any]:
    """All that the organisation holds of its contacts, by table."""
    found: list[Any] = []
    with for_organisation(actor.organisation.pk), connection.cursor() as cursor:
        for table in ("contact", "contact_identity", "contact_note", "consent", "consent_state", "question", "known_visitor"):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")
            found.append((table, [row for (row,) in cursor.fetchall()]))
    return found


def test_duplicates_are_found_with_their_reasons(alba: Actor, gala: Actor) -> None:
    ana = wrote(alba, "Ana María Gómez", "ana@example.com", place="Cali")
    again = wrote(alba, "Ána Maria Gómez", "ana.gomez@example.com", place="cali")
    near = wrote(alba, "Ana Maria Gomes", "amg@example.com", place="Cali")
    wrote(alba, "Ana María Gómez", "else@example.com", place="Bogotá")
    wrote(gala, "Ana María Gómez", "gala@example.com", place="Cali")
    beto, eva = wrote(alba, "Beto", "beto@example.com"), wrote(alba, "Eva", "eva@example.com")
    with for_organisation(alba.organisation.pk):
        for one, shared in ((beto, False), (eva, True)):
            Identity.objects.create(contact=one, kind="phone", value="300", key="+573001234567", shared=shared, created_at=now())
    found = pairs(alba)
    assert ({ana.pk, again.pk}, ["The same name, and the same place or company"]) in found
    assert ({ana.pk, near.pk}, ["A similar name, and the same place or company"]) in found
    assert ({beto.pk, eva.pk}, ["The same phone"]) in found
    assert len(found) == 4


def test_pairs_come_page_by_page_each_once(alba: Actor) -> None:
    made = [wrote(alba, "Luz Marina", f"luz{number}@example.com", place="Cali") for number in range(5)]
    seen: list[tuple[UUID, UUID]] = []
    after = ""
    with for_organisation(alba.organisation.pk):
        api.look_for_duplicates(at=now())
        for _page in range(10):
            page = api.duplicates_of(alba.member, after=after, size=3)
            seen += [(one.one.pk, one.other.pk) for one in page.pairs]
            if not (after := page.next):
                break
    assert len(seen) == len(set(seen)) == 10
    assert {one for pair in seen for one in pair} == {one.pk for one in made}


def test_who_is_not_the_same_is_not_shown_again(alba: Actor) -> None:
    one, other = (wrote(alba, "Luz Marina", f"luz{number}@example.com", place="Cali") for number in range(2))
    assert len(pairs(alba)) == 1
    with for_organisation(alba.organisation.pk):
        api.set_apart(one=other.pk, other=one.pk, by=alba.member, at=now())
        api.set_apart(one=one.pk, other=other.pk, by=alba.member, at=now())
    assert pairs(alba) == []


def test_the_strictest_consent_holds_for_both(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    agree(alba, kept, "bulletin")
    agree(alba, gone, "bulletin")
    refuse(alba, gone, "bulletin")
    agree(alba, kept, "offers")
    refuse(alba, kept, "offers")
    agree(alba, gone, "offers")
    agree(alba, gone, "topics")
    join(alba, kept, gone)
    assert standings(alba) == {(kept.pk, "bulletin"): "withdrawn", (kept.pk, "offers"): "withdrawn", (kept.pk, "topics"): "given"}
    assert {one.contact_id for one in rows(alba.organisation, Consent)} == {kept.pk}
    assert len(rows(alba.organisation, Consent)) == 7


def test_evidence_still_cannot_be_changed(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    agree(alba, gone)
    join(alba, kept, gone)
    with for_organisation(alba.organisation.pk), pytest.raises(Exception, match="consent is evidence"):
        Consent.objects.update(contact=kept)


def test_a_link_in_an_old_mail_still_takes_her_out(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    agree(alba, kept)
    join(alba, kept, gone)
    refuse(alba, gone)
    assert standings(alba) == {(kept.pk, "bulletin"): "withdrawn"}


def test_everything_moves_and_comes_back(alba: Actor, open_sellers: None) -> None:
    kept = wrote(alba, "Ana", "ana@example.com", place="Cali")
    question = asked(alba, "ana2@example.com")
    with for_organisation(alba.organisation.pk):
        gone = Contact.objects.get(pk=question.contact_id)
        tag(contact=gone, add=["vip"], by=alba.member, at=now())
        add_note(contact=gone, text="Paga a 30 días", by=alba.member, at=now())
        KnownVisitor.objects.create(contact=gone, visitor_id=UUID(int=7), at=now())
    before = whole(alba)
    merge = join(alba, kept, gone, display_name="gone")
    [one] = rows(alba.organisation, Contact)
    assert (one.pk, one.display_name, one.place, one.tags, one.email) == (kept.pk, gone.display_name, "Cali", ["vip"], "ana@example.com")
    assert one.stage == rows(alba.organisation, ContactMerge)[0].gone["stage"]
    assert {row.contact_id for model in (Note, Question, KnownVisitor, Identity) for row in rows(alba.organisation, model)} == {kept.pk}
    with for_organisation(alba.organisation.pk):
        told = {happened.kind for happened in timeline_of(one).facts}
    assert {"audience.question_asked", "audience.contacts_merged", "audience.note_added"} <= told
    part(alba, merge)
    assert whole(alba) == before


def test_what_came_since_stays_with_the_kept(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Anita", "ana2@example.com")
    agree(alba, kept)
    agree(alba, gone, "offers")
    merge = join(alba, kept, gone)
    with for_organisation(alba.organisation.pk):
        add_note(contact=kept, text="Llamar en mayo", by=alba.member, at=now())
        api.change_contact(contact=kept.pk, said={"name": "Ana Gómez"}, by=alba.member, at=now())
    refuse(alba, kept, "offers")
    part(alba, merge)
    assert [(one.contact_id, one.text) for one in rows(alba.organisation, Note)] == [(kept.pk, "Llamar en mayo")]
    assert {one.pk: one.display_name for one in rows(alba.organisation, Contact)} == {kept.pk: "Ana Gómez", gone.pk: "Anita"}
    # A withdrawal since counts for both.
    assert standings(alba) == {(kept.pk, "bulletin"): "given", (kept.pk, "offers"): "withdrawn", (gone.pk, "offers"): "withdrawn"}
    with pytest.raises(Conflict):
        part(alba, merge)


def test_who_agreed_by_her_own_address_agreed_for_nobody_else(alba: Actor) -> None:
    """They were taken for one, and only one of them said yes since: parted, the other gets nothing."""
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    refuse(alba, kept)
    merge = join(alba, kept, gone)
    with for_organisation(alba.organisation.pk):
        for purpose in ("bulletin", "offers"):
            agreed = api.Agreed(purpose, "email", "I want it")
            api.give(contact=kept, agreed=agreed, circumstances=FORM, at=now(), identity_key="ana2@example.com")
        api.give(contact=kept, agreed=api.Agreed("topics"), circumstances=FORM, at=now(), identity_key="ana@example.com")
    part(alba, merge)
    assert standings(alba) == {
        (kept.pk, "bulletin"): "withdrawn", (gone.pk, "bulletin"): "given", (gone.pk, "offers"): "given", (kept.pk, "topics"): "given",
    }  # fmt: skip
    said = {(one.contact_id, one.purpose) for one in rows(alba.organisation, Consent) if one.deed == "given"}
    assert said == {(gone.pk, "bulletin"), (gone.pk, "offers"), (kept.pk, "topics")}


def test_three_become_one_and_are_parted_in_turn(alba: Actor) -> None:
    a, b, c = (wrote(alba, "Ana", f"ana{number}@example.com") for number in range(3))
    before = whole(alba)
    first = join(alba, b, c)
    second = join(alba, a, b)
    with for_organisation(alba.organisation.pk):
        assert {api.current(one.pk) for one in (a, b, c)} == {a.pk}
    with pytest.raises(Refusal):
        part(alba, first)
    part(alba, second)
    part(alba, first)
    assert whole(alba) == before


def test_people_stay_with_their_company_and_no_circle_is_made(alba: Actor) -> None:
    one = wrote(alba, "Flores S.A.", "a@example.com", kind="organisation")
    other = wrote(alba, "Flores SA", "b@example.com", kind="organisation", company="Flores S.A.")
    worker = wrote(alba, "Ana", "ana@example.com", company="Flores SA")
    with pytest.raises(Refusal):
        join(alba, one, worker)
    before = whole(alba)
    merge = join(alba, other, one)
    found = {row.pk: row.company_id for row in rows(alba.organisation, Contact)}
    assert found == {other.pk: None, worker.pk: other.pk}
    part(alba, merge)
    assert whole(alba) == before


def test_people_of_a_joined_company_keep_it_when_they_are_edited(alba: Actor) -> None:
    one = wrote(alba, "Flores S.A.", "a@example.com", kind="organisation")
    other = wrote(alba, "Flores del Valle", "b@example.com", kind="organisation")
    worker = wrote(alba, "Ana", "ana@example.com", company="Flores del Valle")
    join(alba, one, other)
    with for_organisation(alba.organisation.pk):
        api.change_contact(contact=worker.pk, said={"name": "Ana Gómez", "company": "Flores del Valle"}, by=alba.member, at=now())
    [now_known] = rows(alba.organisation, Contact, pk=worker.pk)
    assert (now_known.display_name, now_known.company_id) == ("Ana Gómez", one.pk)
    page = alba.client.get(reverse("audience:contact-changes", args=[alba.organisation.slug, worker.pk]))
    said = {name: value or "" for name, value in page.context["form"].initial.items()}
    assert alba.client.post(page.request["PATH_INFO"], {**said, "name": "Ana G."}).status_code == 302
    assert [row.company_id for row in rows(alba.organisation, Contact, pk=worker.pk)] == [one.pk]
    with for_organisation(alba.organisation.pk):
        api.change_contact(contact=worker.pk, said={"name": "Ana", "company": "Otra"}, by=alba.member, at=now())
    assert [row.company_id for row in rows(alba.organisation, Contact, pk=worker.pk)] == [None]


def test_two_accounts_are_two_people(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    with for_organisation(alba.organisation.pk):
        for number, one in enumerate((kept, gone), 1):
            Contact.objects.filter(pk=one.pk).update(person_id=UUID(int=number))
    with pytest.raises(Refusal):
        join(alba, kept, gone)


def test_two_organisations_never_mix(alba: Actor, gala: Actor) -> None:
    mine, theirs = wrote(alba, "Ana", "ana@example.com"), wrote(gala, "Ana", "ana@example.com")
    other = wrote(gala, "Ana", "ana2@example.com")
    with pytest.raises(NotFound):
        join(alba, mine, theirs)
    merge = join(gala, theirs, other)
    with pytest.raises(NotFound):
        part(alba, merge)
    assert len(rows(alba.organisation, Contact)) == 1


def test_joining_twice_is_refused(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    join(alba, kept, gone)
    for pair in ((kept, gone), (gone, kept)):
        with pytest.raises(Conflict):
            join(alba, *pair)
    assert len(rows(alba.organisation, ContactMerge)) == 1


def test_who_is_erased_is_erased_under_both_names(alba: Actor) -> None:
    kept, gone = wrote(alba, "Ana", "ana@example.com"), wrote(alba, "Ana", "ana2@example.com")
    join(alba, kept, gone)
    api.erase_contact(organisation=alba.organisation.pk, contact=kept.pk, by=alba.member.id, at=now())
    assert rows(alba.organisation, ContactMerge) == rows(alba.organisation, Identity) == []


def test_every_table_that_leads_to_a_contact_says_how_it_follows() -> None:
    led = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.column == "contact_id" or (field.remote_field and field.remote_field.model is Contact):
                led.add((model._meta.db_table, field.column))
    apart = {("consent_state", "contact_id"), ("contact_distinct", "first_id"), ("contact_distinct", "second_id")}
    assert {one for one in led if one[0] not in ("fact",)} - apart == api.merged_tables()


def test_a_member_looks_joins_and_undoes(alba: Actor) -> None:
    kept = wrote(alba, "Luz Marina", "luz@example.com", place="Cali")
    gone = wrote(alba, "Luz Marina", "luz2@example.com", place="Cali", job_title="Compradora")
    agree(alba, kept)
    refuse(alba, gone)
    slug = alba.organisation.slug
    pairs(alba)
    listed = alba.client.get(reverse("audience:duplicates", args=[slug]))
    address = reverse("audience:merging", args=[slug, kept.pk, gone.pk])
    assert address in listed.content.decode()
    shown = alba.client.get(address).content.decode()
    assert "Compradora" in shown
    assert "luz2@example.com" in shown
    assert len(rows(alba.organisation, Contact)) == 2
    done = alba.client.post(address, {"email": "gone"})
    assert done.status_code == 302
    [one] = rows(alba.organisation, Contact)
    assert (one.email, one.job_title) == ("luz2@example.com", "Compradora")
    old = alba.client.get(reverse("audience:contact", args=[slug, gone.pk]))
    assert (old.status_code, old.headers["Location"]) == (302, reverse("audience:contact", args=[slug, kept.pk]))
    [merge] = rows(alba.organisation, ContactMerge)
    undo = reverse("audience:merge-reversal", args=[slug, merge.pk])
    assert undo in alba.client.get(done.headers["Location"]).content.decode()
    assert undo in alba.client.get(reverse("audience:duplicates", args=[slug])).content.decode()
    alba.client.post(undo)
    assert {one.email for one in rows(alba.organisation, Contact)} == {"luz@example.com", "luz2@example.com"}
    assert standings(alba) == {(kept.pk, "bulletin"): "given", (gone.pk, "bulletin"): "withdrawn"}


def test_a_contact_is_searched_to_be_joined(alba: Actor) -> None:
    kept, gone = wrote(alba, "Luz Marina", "luz@example.com"), wrote(alba, "María de la Luz", "mluz@example.com")
    slug = alba.organisation.slug
    shown = alba.client.get(reverse("audience:merge-choice", args=[slug, kept.pk]), {"q": "mluz"}).content.decode()
    assert reverse("audience:merging", args=[slug, kept.pk, gone.pk]) in shown
    assert now() - timedelta(days=1) < rows(alba.organisation, Contact)[0].created_at
