"""The database's own account of whose row is whose (goal I2, threat T02)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from oportuno.kernel.isolation import OrganisationField, SiblingKey

pytestmark = pytest.mark.django_db
EQUALITY = "(organisation_id = (NULLIF(current_setting('app.organisation'::text, true), ''::text))::integer)"
PERSON = "= (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid)"
PUBLIC = {
    "search_document": "holds public columns only; a lock would keep its indexes from being used",
    "consent_text": "the words that people are shown before they agree",
}
SHARED_CONSTRAINTS = {
    "guide_address": "a guide's public address, given when the market publishes it, which sees all of them",
    "api_key_prefix_key": "a key is found by its prefix before anybody knows whose it is; prefixes are random",
    "product_slug": "a product's public address, which ends in random letters of its own",
    "contact_confirmation_token_digest_key": "a link is found by its random token before anybody knows whose it is",
    "consent_state_once": "of one contact, whose row is tied to its organisation",
    "seller_slug_key": "a seller's public address, the same as its organisation's",
    "invitation_token_digest_key": "a token is found before anybody knows whose it is; it is random",
    "site_domain_one_owner": "a host name that DNS proves leads to one site only, and everybody may see to which",
}


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def private_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if any(isinstance(f, OrganisationField) for f in m._meta.local_fields)]


def test_it_forces_row_security_on_every_table_that_has_an_organisation() -> None:
    tables = rows(
        """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organisation_id' AND NOT a.attisdropped
           WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
    )
    assert [t for (t,) in tables if t not in PUBLIC] == []


def test_it_knows_every_private_model_as_a_private_table() -> None:
    forced = {t for (t,) in rows("SELECT relname FROM pg_class WHERE relforcerowsecurity")}
    assert {m._meta.db_table for m in private_models()} <= forced


def test_it_writes_policies_as_plain_equalities() -> None:
    policies = rows(
        "SELECT tablename, policyname, roles::text, COALESCE(qual, 'true'), COALESCE(with_check, 'true') FROM pg_policies WHERE schemaname = 'public'"
    )
    odd = []
    for table, name, roles, using, check in policies:
        fine = {
            "own": roles == "{oportuno_app}" and using == check == EQUALITY,
            "market": roles == "{oportuno_market}" and using == check == "true",
            "public": roles == "{oportuno_public}" and str(using).isidentifier() is False and " OR " not in str(using),
            "person": roles == "{oportuno_person}" and str(using).endswith(PERSON),
        }.get(str(name), False)
        if not fine:
            odd.append((table, name, roles, using, check))
    assert [o for o in odd if o[1] != "public"] == []
    assert all(" OR " not in str(o[3]) and "SELECT" not in str(o[3]) for o in odd)


def test_it_owns_nothing_and_cannot_step_around_its_locks() -> None:
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'oportuno\\_%%' AND (rolsuper OR rolbypassrls)") == []
    assert rows("SELECT relname FROM pg_class WHERE relowner = 'oportuno_app'::regrole") == []
    assert rows("SELECT current_user") == [("oportuno_app",)]


def test_it_lets_no_view_look_with_its_owners_eyes() -> None:
    assert (
        rows(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace AND NOT COALESCE('security_invoker=true' = ANY(reloptions), false)"
        )
        == []
    )


def test_it_ties_every_reference_between_private_tables_to_the_organisation() -> None:
    tied: set[tuple[str, tuple[str, ...]]] = {(t, tuple(c)) for t, c in rows(
        """SELECT conrelid::regclass::text, ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, o) JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY o)
           FROM pg_constraint WHERE contype = 'f'"""
    )}  # fmt: skip
    private = set(private_models())
    loose = []
    for model in private:
        for field in model._meta.local_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in private:
                if not isinstance(field, SiblingKey):
                    loose.append(f"{model.__name__}.{field.name} is no SiblingKey")
                elif (model._meta.db_table, ("organisation_id", field.column)) not in tied:
                    loose.append(f"{model.__name__}.{field.name} has no constraint with its organisation: list Isolate again")
    assert not loose, "\n".join(sorted(loose))


def test_it_tells_nobody_by_a_unique_key_what_others_have() -> None:
    tables = {m._meta.db_table for m in private_models()}
    keys = rows(
        """SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
           FROM pg_index i WHERE i.indisunique AND NOT i.indisprimary"""
    )
    shared = [
        str(name)
        for table, name, definition in keys
        if table in tables and "organisation_id" not in str(definition) and str(name) not in SHARED_CONSTRAINTS
    ]
    assert shared == []
