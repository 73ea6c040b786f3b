"""A person asks to be forgotten: by one organisation, or by all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from oportuno.kernel.audit import audit
from oportuno.kernel.facts import record
from oportuno.kernel.forgotten import Erasure, note
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.actions.likening import forget_pairs
from oportuno.people.audience.actions.merging import part_again
from oportuno.people.audience.actions.own_link import forget_own_links
from oportuno.people.audience.actions.recognising import erasers, recognise
from oportuno.people.audience.facts import ContactErased
from oportuno.people.audience.models import Contact, ContactMerge, ForgottenAddress, Identity
from oportuno.people.audience.queries.forgotten import KINDS, digest_of
from oportuno.people.audience.queries.merged import current_locked, gone_into

FORGET_STAGE = """
WITH meant AS (
    SELECT m.run_id, t.number FROM contact_import_match m
    JOIN contact_import_match t ON t.run_id = m.run_id AND (t.number = m.number OR t.leader = m.number) WHERE m.contact_id = %(contact)s
), rows AS (DELETE FROM contact_import_row r USING meant WHERE r.run_id = meant.run_id AND r.number = meant.number),
keys AS (DELETE FROM contact_import_key k USING meant WHERE k.run_id = meant.run_id AND k.number = meant.number)
DELETE FROM contact_import_match m USING meant WHERE m.run_id = meant.run_id AND m.number = meant.number
"""
# Cells of hers that a file shows while it waits for a person's word, and that were told as a problem of it.
SAYS_HER = "EXISTS (SELECT 1 FROM unnest(%(words)s::text[]) word WHERE strpos(lower({column}::text), lower(word)) > 0)"
# An import that works just now holds its own row, may wait for this contact, and forgets its examples itself when it is over.
FORGET_EXAMPLES = f"""UPDATE contact_import SET examples = '{{}}' WHERE id IN (SELECT id FROM contact_import
    WHERE organisation_id = %(here)s AND examples <> '{{}}' AND {SAYS_HER.format(column="examples")} FOR UPDATE SKIP LOCKED)"""
FORGET_PROBLEMS = f"DELETE FROM contact_import_problem WHERE organisation_id = %(here)s AND {SAYS_HER.format(column='data')}"
TELLING = 6  # letters: what is shorter stands in the rows of others, too
FORGET_TAGS = "UPDATE contact_tagging SET changes = changes - %s WHERE organisation_id = %s AND jsonb_exists(changes, %s)"


def erase_contact(*, organisation: int, contact: UUID, by: UUID, at: datetime) -> None:
    """Remove all that an organisation holds of a contact: addresses, consent and its evidence, questions, answers, notes, mail.

    What stays names nobody: facts, the audit, and digests of the addresses, against advertising; see docs/sellers/contacts.md. Raises Contact.DoesNotExist for one it does not hold.
    """
    with for_organisation(organisation):
        found = current_locked(contact)
        names = [found.pk, *gone_into(found.pk)]  # a file, or a backup, may still know her as one that was joined to this
        for eraser in erasers().values():
            eraser(contact=found.pk)
        said = [word for pair in Identity.objects.filter(contact=found).values_list("key", "value") for word in pair]
        words = [word for word in [found.display_name, *said] if len(word) >= TELLING]
        with connection.cursor() as cursor:
            for forget in (FORGET_EXAMPLES, FORGET_PROBLEMS):
                cursor.execute(forget, {"here": organisation, "words": words})
            _remember_not_to_write(found, at)
            cursor.execute("SELECT set_config('app.erasing', 'yes', true)")
            found.delete()
            cursor.execute("SELECT set_config('app.erasing', '', true)")
            forget_pairs(names)
            for name in names:
                cursor.execute(FORGET_STAGE, {"contact": name})
                cursor.execute(FORGET_TAGS, [str(name), organisation, str(name)])
        record(ContactErased(by=by, at=at))
        audit("contact erased", at=at, by=by, contact=str(contact))
    for name in names:
        gone = Erasure("contact", str(name), organisation, str(by))
        transaction.on_commit(partial(note, settings.HOME, gone, at))


def _remember_not_to_write(contact: Contact, at: datetime) -> None:
    """A file may still have the address: it comes in as one who wants no advertising."""
    keys = Identity.objects.filter(contact=contact, kind__in=KINDS, shared=False).values_list("kind", "key")
    rows = [ForgottenAddress(digest=digest_of(contact.organisation_id, kind, key), at=at) for kind, key in keys]
    ForgottenAddress.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def forget_own(*, email: str, contact: Contact, at: datetime) -> None:
    """Whoever holds the link to her data is forgotten by one organisation; with the last one the mails that brought her the link go, too."""
    erase_contact(organisation=contact.organisation_id, contact=contact.pk, by=contact.pk, at=at)
    with for_market("does any organisation still keep something under this address?"):
        held = Identity.objects.filter(kind="email", key=email, shared=False).exists()
    if not held:
        forget_own_links(email)


@transaction.atomic
def erase_contacts_again(erasures: Iterable[Erasure], *, at: datetime) -> int:
    """Erase those of them whom a backup from before brought back, perhaps as part of another contact; how many."""
    wanted = {UUID(one.id): one for one in erasures if one.kind == "contact"}
    with for_market("a backup from before brought them back, in whichever organisation"):
        hidden = ContactMerge.objects.filter(gone_id__in=wanted, undone_at__isnull=True).exclude(kept_id__in=wanted)
        apart = list(hidden.values_list("organisation_id", "gone_id"))
    for organisation, contact in apart:  # they were parted after the backup, and then she asked
        with for_organisation(organisation):
            part_again(contact=contact, by=UUID(wanted[contact].by), at=at)
    with for_market("a backup from before brought them back, in whichever organisation"):
        back = list(Contact.objects.filter(pk__in=wanted).values_list("organisation_id", "pk"))
    for organisation, contact in back:
        erase_contact(organisation=organisation, contact=contact, by=UUID(wanted[contact].by), at=at)
    return len(back)


def erase_person(*, person: UUID, addresses: Collection[str], at: datetime) -> int:
    """Every organisation forgets her; how many did. `addresses` are those she has proved."""
    recognise(person=person, addresses=addresses, at=at)
    with for_market("a person leaves every organisation that knows her"):
        mine = Contact.objects.filter(person_id=person).order_by("organisation_id", "pk")  # as readers of facts go from one to the next
        held = list(mine.values_list("organisation_id", "pk"))
    for organisation, contact in held:
        erase_contact(organisation=organisation, contact=contact, by=person, at=at)
    return len(held)
