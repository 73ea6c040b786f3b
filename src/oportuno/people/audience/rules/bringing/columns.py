"""Which column of somebody's table is what: guessed by its heading, corrected by the person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from oportuno.people.audience.rules.addresses import fold
from oportuno.people.audience.rules.own_fields import OwnField, named

ADVERTISING = ("bulletin", "offers", "topics")
LEFT_OUT = ""
FIELD = "field:"
SOCIAL = "social:"
MOST_FIELDS = 60  # of our own that a file may bring; more columns are left out
TARGETS = (
    "name", "given_name", "family_name", "email", "phone", "company", "job_title", "street", "city", "region", "postcode", "country",
    "language", "tags", "note", "stage", "kind", "status", "opted_out", "attributes", "postal_address", "social", "social:facebook", "social:instagram",
    "social:linkedin", "social:x", "website",
)  # fmt: skip
"""What a column may be. `status` and `opted_out` say who does not want mail; `attributes` is an object of further fields."""

WORDS: Mapping[str, Sequence[str]] = {
    "name": ("name", "full name", "fullname", "nombre completo", "nombres y apellidos", "nombre y apellidos", "nombre y apellido", "display name", "contact", "contact name", "contacto", "cliente", "nombre del cliente", "nombre del contacto", "fn", "customer name", "razon social contacto", "file as"),
    "given_name": ("given name", "first name", "firstname", "fname", "nombre", "nombres", "primer nombre", "nombre de pila", "billing first name"),
    "family_name": ("family name", "last name", "lastname", "lname", "surname", "apellido", "apellidos", "billing last name"),
    "email": ("email", "e mail", "email address", "e mail address", "mail", "correo", "correo electronico", "direccion de correo", "direccion de correo electronico", "user email", "e mail value", "work email", "email personal", "correo personal", "billing email", "emails", "subscriber", "correo e", "additional email addresses"),
    "phone": ("phone", "phone number", "mobile", "mobile phone", "mobile phone number", "telefono", "telefonos", "celular", "movil", "tel", "telephone", "cell", "cell phone", "phone value", "home phone", "business phone", "numero de telefono", "numero de celular", "telefono celular", "telefono movil", "telefono fijo", "whatsapp", "whatsapp phone number", "billing phone", "primary phone", "other phone", "company main phone", "phones"),
    "company": ("company", "company name", "organization", "organisation", "organization name", "organisation name", "empresa", "compania", "organizacion", "associated company", "razon social", "business", "nombre de la empresa", "billing company", "org"),
    "job_title": ("job title", "position", "cargo", "puesto", "role in company", "organization title", "jobtitle", "ocupacion"),
    "street": ("street", "address", "address1", "address 1", "address line", "address line 1", "street address", "address street", "home street", "business street", "direccion", "direccion postal", "direccion de residencia", "calle", "domicilio", "address2", "address line 2", "billing address 1", "billing address 2", "address formatted"),
    "city": ("city", "town", "ciudad", "municipio", "place", "localidad", "lugar", "home city", "business city", "address city", "billing city"),
    "region": ("state", "region", "province", "departamento", "estado o departamento", "provincia", "state region", "home state", "business state", "address region", "billing state", "estado provincia"),
    "postcode": ("zip", "zipcode", "zip code", "postcode", "postal code", "codigo postal", "cp", "home postal code", "business postal code", "address postal code", "billing postcode"),
    "country": ("country", "pais", "country region", "home country region", "business country region", "cc", "address country", "billing country"),
    "language": ("language", "idioma", "preferred language", "preferred locale", "locale", "lengua"),
    "tags": ("tags", "tag", "etiquetas", "etiqueta", "labels", "groups", "group membership", "categories", "categorias", "listas"),
    "note": ("note", "notes", "notas", "nota", "observaciones", "comentarios", "comments", "description", "observacion", "notas del contacto"),
    "stage": ("stage", "etapa", "lifecycle stage", "lifecyclestage", "etapa del ciclo de vida"),
    "kind": ("kind", "tipo de contacto"),
    "status": ("status", "subscription status", "member status", "estado de suscripcion", "email marketing status"),
    "opted_out": ("unsubscribed", "opted out", "opt out", "email opt out", "unsubscribed from all email", "do not contact", "donotcontact", "unsub time", "clean time", "email hard bounce reason", "dado de baja", "no contactar", "dnc email", "baja"),
    "attributes": ("attributes", "attribs", "atributos"),
    "social:facebook": ("facebook", "facebook url"),
    "social:instagram": ("instagram",),
    "social:linkedin": ("linkedin", "linkedin url", "linkedin bio"),
    "social:x": ("twitter", "twitter username", "x handle"),
    "postal_address": ("postal address", "direccion completa", "mailing address"),
    "social": ("social",),
    "website": ("website", "website url", "web page", "sitio web", "pagina web", "user url", "url", "website value"),
    LEFT_OUT: (
        "id", "uuid", "record id", "euid", "leid", "user login", "user pass", "user pass hash", "user id", "optin ip", "confirm ip", "optin time", "confirm time", "latitude", "longitude",
        "gmtoff", "dstoff", "last changed", "unsub campaign title", "unsub campaign id", "clean campaign title", "clean campaign id", "unsub reason", "unsub reason other", "agreed to", "withdrew from", "identities", "consents", "evidence", "written notes", "stages", "company id", "member rating",
        "created at", "updated at", "known since", "last seen", "source", "photo", "display name order", "user activation key", "session tokens", "is published", "date added", "date identified",
        "e mail label", "e mail type", "phone label", "phone type", "address label", "website label", "created by user", "points", "preferred profile image", "lists", "wp capabilities",
    ),
}  # fmt: skip
KNOWN = {word: target for target, words in WORDS.items() for word in words}
TOKENS = (
    ("email", frozenset({"correo", "correos", "email", "emails", "mail"})),
    ("phone", frozenset({"telefono", "telefonos", "celular", "celulares", "movil", "whatsapp", "phone", "mobile", "tel"})),
)
ABOUT = frozenset(
    {
        "type",
        "tipo",
        "label",
        "date",
        "fecha",
        "status",
        "estado",
        "verified",
        "verificado",
        "opt",
        "domain",
        "dominio",
        "count",
        "last",
        "reason",
        "bounce",
        "sent",
        "opened",
        "country",
        "pais",
    }
)
"""Words that tell that a column is about addresses, and holds none."""
COUNTED = re.compile(r"\s*\d+\b")


@dataclass(frozen=True)
class Program:
    """A program whose exports we know by headings that only it writes."""

    name: str
    signs: tuple[frozenset[str], ...]


def _signs(*each: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split(", ")) for one in each)


PROGRAMS = (
    Program("oportuno", _signs("name, kind, stage, email, phone, known since")),
    Program("mailchimp", _signs("email address, optin time", "email address, unsub time", "email address, clean time", "email address, euid", "email address, member rating")),
    Program("hubspot", _signs("record id, email", "record id, lifecycle stage", "record id, contact owner", "email, lifecycle stage, contact owner")),
    Program("mautic", _signs("firstname, lastname, email, points", "firstname, lastname, email, stage", "firstname, lastname, zipcode, email", "firstname, lastname, email, date identified")),
    Program("wordpress", _signs("user login, user email", "user email, display name", "user email, user registered")),
    Program("listmonk", _signs("uuid, email, name, status", "email, name, attributes", "email, name, attribs")),
    Program("google", _signs("given name, e mail value", "first name, e mail value", "name, group membership", "first name, labels")),
    Program("outlook", _signs("first name, last name, e mail address", "first name, business phone")),
)  # fmt: skip
"""The first whose signs are all there is it."""


def plain(heading: str) -> str:
    """A heading as the lists above write it: "E-mail 1 - Value" is "e mail value"."""
    bare = re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()
    return bare if bare in KNOWN else COUNTED.sub("", bare).strip()


def program_of(header: Sequence[str]) -> str:
    """Which program wrote it; "" when we do not know."""
    words = {plain(one) for one in header}
    return next((one.name for one in PROGRAMS if any(signs <= words for signs in one.signs)), "")


def guessed(header: Sequence[str], declared: Sequence[OwnField] = ()) -> dict[str, str]:
    """Heading → what it is. A heading that is the name of a `declared` field is that field, unless everybody calls something else so. A column that nobody knows becomes a field of its own, so that nothing is lost unasked."""
    found: dict[str, str] = {}
    only_names = {plain(one) for one in header} & {"apellido", "apellidos", "last name", "family name", "lastname", "surname", "lname"}
    own = {
        fold(name): FIELD + field.key
        for field in declared
        for name in (field.key, field.label, heading_of(field))
        if not KNOWN.get(plain(name))
    }
    for heading in header:
        word = plain(heading)
        target = own.get(fold(heading)) or KNOWN.get(word) or _by_a_word(word)
        if target is None:
            target = (
                FIELD + field_key(heading)
                if field_key(heading) and sum(x.startswith(FIELD) for x in found.values()) < MOST_FIELDS
                else LEFT_OUT
            )
        if target == "given_name" and word in ("nombre", "nombres") and not only_names:
            target = "name"  # one column with the whole name
        found.setdefault(heading, target)
    return found


def _by_a_word(heading: str) -> str | None:
    """ "Correo de contacto" is an e-mail, too; "fecha del correo" is none."""
    words = set(heading.split())
    if heading in KNOWN or words & ABOUT:
        return KNOWN.get(heading)
    return next((target for target, signs in TOKENS if words & signs), None)


def heading_of(field: OwnField) -> str:
    """How a column of it is called in our own tables: by its label, unless that names something else."""
    return f"field_{field.key}" if plain(field.label) in KNOWN or fold(field.label) in KNOWN else field.label


def field_key(heading: str) -> str:
    """How a field of one's own is called inside: "Fecha de boda" is "fecha_de_boda"."""
    return named(heading)


def is_target(wanted: str) -> bool:
    """Whether a person may choose this for a column."""
    return wanted == LEFT_OUT or wanted in TARGETS or bool(re.fullmatch(r"field:[a-z0-9_]{1,40}", wanted))
