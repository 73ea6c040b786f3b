"""The glossary as anybody reads it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel import content
from oportuno.kernel.policies import public
from oportuno.kernel.routes import spoken as spoken_path
from oportuno.kernel.ui.public import Meta, absolute, home_crumb, show
from oportuno.offer.glossary.api.places import BELOW_TERM  # noqa: F401  # names the slot
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.queries import terms
from oportuno.offer.glossary.queries.addresses import address_of
from oportuno.offer.glossary.rules import schema_org
from oportuno.offer.glossary.rules.said import Language
from oportuno.offer.glossary.rules.sheet import written
from oportuno.offer.glossary.views.shared import spoken

MOST_WORDS = 80


@require_safe
@public
def glossary(request: HttpRequest) -> HttpResponse:
    """/glosario/: by letter (?letra=), or what is sought (?q=)."""
    language, words = spoken(), " ".join(request.GET.get("q", "")[:MOST_WORDS].split())
    letters = terms.letters(language)
    letter = request.GET.get("letra", "").lower()
    chosen = letter if letter in letters and not words else ""
    after = request.GET.get("after", "")[:220]
    if words:
        rows, more = terms.found(words, language), False
    else:
        found = terms.under(chosen, language, after=after, limit=terms.PAGE + 1)
        rows, more = found[: terms.PAGE], len(found) > terms.PAGE
    exact = next((one for one in rows if one.name.casefold() == words.casefold()), None)
    address = reverse("glossary:glossary")
    context = {
        "rows": rows,
        "groups": _groups(rows) if not words else [],
        "letters": letters,
        "letter": chosen,
        "words": words,
        "exact": exact,
        "count": terms.count(language),
        "more": f"?{urlencode({**({'letra': chosen} if chosen else {}), 'after': f'{rows[-1].sort}|{rows[-1].slug}'})}" if more else "",
    }
    return show(request, "glossary/glossary.html", _meta(chosen, words, address, language), context)


def _meta(letter: str, words: str, address: str, language: Language) -> Meta:
    title = _("Glossary")
    line = _("The words of the trade and what they mean, with their names in Spanish and English.")
    title_now = _("Glossary: “%s”") % words if words else _("Glossary: %s") % letter.upper() if letter else title
    crumbs = [
        home_crumb(),
        (_("Knowledge"), spoken_path("/conocimiento/")),
        (title, address if letter or words else ""),
        *([(words or letter.upper(), "")] if letter or words else []),
    ]
    data = [schema_org.defined_term_set(name=str(title), url=absolute(address), about=str(line), language=language)]
    return Meta(title=title_now, description=line, crumbs=crumbs, indexed=not words, data=data)


@require_safe
@public
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """/glosario/<slug>/: what it means."""
    language = spoken()
    found = terms.term_at(slug)
    its: Language = language if found.in_language(language) else "en" if language == "es" else "es"
    before, after = terms.neighbours(found, its) if its == language else (None, None)
    name, line = found.name_in(its), found.line_in(its)
    other: Language = "en" if its == "es" else "es"
    address = address_of(slug, its)
    meta = Meta(
        title=_("What is %s?") % name if its == "en" else _("%s: what it is") % name,
        description=line,
        kind="article",
        crumbs=[home_crumb(), (_("Knowledge"), spoken_path("/conocimiento/")), (_("Glossary"), reverse("glossary:glossary")), (name, "")],
        indexed=its == language,
        data=[
            schema_org.defined_term(
                name=name, line=line, url=absolute(address), others=found.said.names(its)[1:], language=its,
                glossary=_("Glossary"), glossary_url=absolute(reverse("glossary:glossary")),
            )
        ],
    )  # fmt: skip
    context = {
        "term": found, "name": name, "line": line, "its": its, "foreign": its != language, "body": _body(found, its),
        "others": found.said.names(its)[1:], "elsewhere": found.said.names(other), "other": other, "beside": terms.beside(found, its),
        "before": before, "after": after, "credit": terms.credit_of(found), "sector": dict(terms.sectors(language)).get(found.sector, ""),
    }  # fmt: skip
    return show(request, "glossary/term.html", meta, context)


def _body(term: Term, language: Language) -> str:
    """Its longer text; it leads to other terms, and not to itself."""
    kept: Any = getattr(term, f"body_{language}")
    if not kept:
        return ""
    own = content.read({"blocks": [{"type": "glossary", "never": ", ".join(term.said.names(language))}, *kept["blocks"]]})
    return mark_safe(content.render_html(own, language=language))


@require_safe
@public
def sheet(request: HttpRequest) -> HttpResponse:
    """/glosario/glosario.csv: all of it, for spreadsheets and programs."""
    rows = (
        (one.slug, one.said, True) for one in Term.objects.filter(published=True).order_by("sort_es", "slug").defer("body_es", "body_en")
    )
    return sheet_response("".join(written(rows)))


def sheet_response(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="glosario.csv"'
    return response


def _groups(rows: list[terms.Listed]) -> list[tuple[str, list[terms.Listed]]]:
    """Each letter with its terms, in their order."""
    groups: list[tuple[str, list[terms.Listed]]] = []
    for one in rows:
        if not groups or groups[-1][0] != one.letter:
            groups.append((one.letter, []))
        groups[-1][1].append(one)
    return groups
