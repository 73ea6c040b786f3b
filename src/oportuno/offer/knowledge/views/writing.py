"""Writing in the workbench: the organisation's own articles and cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.content import Editing, kept_while_typing
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.forms.articles import ArticleForm, Bylines, Figures
from oportuno.offer.knowledge.forms.sources import PasteForm
from oportuno.offer.knowledge.models import Article, Draft, Kind, Review, State
from oportuno.offer.knowledge.queries import shown
from oportuno.offer.knowledge.queries.articles import PAGE, listed
from oportuno.offer.knowledge.queries.lacks import sentence_of
from oportuno.offer.knowledge.queries.reading import reading
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.sources import apa_html
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import pieces
from oportuno.people.organisations.api import Member, MemberRequest, member


@member("write content")
@require_safe
def articles(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/conocimiento/: what this organisation wrote for the knowledge centre."""
    here = request.member.organisation
    kind, standing = request.GET.get("kind", ""), request.GET.get("standing", "")
    before = shown_before(request.GET.get("before", ""))
    found = listed(
        here.pk,
        kind=kind if kind in Kind.values else "",
        standing=standing if standing in STANDINGS else "",
        words=request.GET.get("q", "")[:100],
    )
    found = found.order_by("-changed_at", "-pk")
    if before:
        found = found.filter(changed_at__lte=before)
    rows = list(found[: PAGE + 1])
    context = {
        "here": here.slug,
        "rows": rows[:PAGE],
        "older": f"?before={rows[PAGE].changed_at.isoformat()}".replace("+", "%2B") if len(rows) > PAGE else "",
        "kinds": Kind.choices,
        "standings": STANDINGS.items(),
        "chosen": {"kind": kind, "standing": standing},
        "any": bool(kind or standing or request.GET.get("q")),
        "of_market": here.is_operator,
    }
    return page(request, "knowledge/desk/articles.html", context)


STANDINGS = {
    **{one.value: one.label for one in State},
    **{one.value: one.label for one in Review if one.value},
}


def shown_before(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo else None


@member("write content")
@require_POST
def beginning(request: MemberRequest, kind: str) -> HttpResponse:
    """POST /desk/<organisation>/conocimiento/nuevo/<kind>/: a new draft, opened to be written."""
    whom = {name: request.POST.get(name, "") for name in ("persona", "stage")}
    article = api.begin_article(kind=kind, by=request.member, at=now(), **whom)
    return redirect("knowledge-desk:article", organisation=request.member.organisation.slug, article=article.pk)


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def article(request: MemberRequest, article: UUID) -> HttpResponse:
    """/desk/<organisation>/conocimiento/<id>/?idioma=: the editor of one language; sent, it is kept, and perhaps handed in or published."""
    here = request.member
    found = api.article_for(here.organisation.pk, article)
    draft = api.draft_of(found)
    language = _language(request)
    forms = _forms(request, found, draft, language)
    refusal, status, saved = None, 200, False
    if request.method == "POST":
        status = 422
        valid = [one.is_valid() for one in forms]  # each says what is wrong
        if all(valid):
            try:
                with transaction.atomic():
                    _keep(forms, found, language, request, now())
                saved = True
                with transaction.atomic():  # what was kept stays, whatever is missing for the next step
                    tell(request, _done(found, request, now()))
                return redirect(f"{_here(found, here)}?idioma={language}")
            except Refusal as refused:
                refusal, status = refused, refused.status
                if refused.field in forms[0].fields:
                    forms[0].add_error(refused.field, str(refused))
                found = api.article_for(here.organisation.pk, article)
                draft = api.draft_of(found)
    return page(
        request, "knowledge/desk/article.html", {**_context(here, found, draft, language, forms, refusal), "saved": saved}, status=status
    )


@member("write content")
@require_http_methods(["PUT"])
def draft(request: MemberRequest, article: UUID) -> HttpResponse:
    """PUT /desk/<organisation>/conocimiento/<id>/borrador/?idioma=&seen=: what one types, kept while one types. JSON in and out."""

    def keep(given: Mapping[str, Any]) -> tuple[datetime, int]:
        text: dict[str, Any] = {part: str(given[part]) for part in rules.WORDS if isinstance(given.get(part), str)}
        text["document"] = given["content"]
        seen = _number(request.GET.get("seen"))
        kept = api.keep_draft(article=article, texts={_language(request): text}, seen=seen, by=request.member, at=now())
        return kept.at, kept.stroke

    return kept_while_typing(request, keep)


@member("write content")
@require_safe
def preview(request: MemberRequest, article: UUID) -> HttpResponse:
    """GET /desk/<organisation>/conocimiento/<id>/vista/?idioma=: how the draft will read."""
    here = request.member.organisation
    found = api.article_for(here.pk, article)
    text = reading(api.draft_of(found), here, draft_references(found), wanted=_language(request))
    return page(request, "knowledge/desk/preview.html", {"here": here.slug, "row": found, "text": text, "language": _language(request)})


def draft_references(found: Article) -> list[dict[str, Any]]:
    return [{**one.csl, "id": one.key} for one in api.references_of(found)]


def _forms(request: MemberRequest, found: Article, draft: Draft, language: str) -> tuple[Any, Any, Any]:
    organisation = request.member.organisation
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    keep = reverse("knowledge-desk:draft", args=[organisation.slug, found.pk])
    editing = Editing(
        draw=reverse("sites:drawing", args=[organisation.slug]),
        pickers=pieces.pickers(organisation.slug),
        keep=f"{keep}?idioma={language}&seen={draft.stroke}",
    )
    about = draft.filing.get("about_seller")
    seller = directory.seller_of(about) if about else None
    form = ArticleForm(
        data, files, article=found, draft=draft, language=language, editing=editing, categories=shown.categories(),
        sectors=[(one.slug, directory.said(one.title)) for one in directory.sectors()], about=seller.slug if seller else "",
        personas=media.personas(get_language() or "es"), stages=media.stages(get_language() or "es"),
    )  # fmt: skip
    authors = [(str(one.pk), one.name) for one in sites.Author.objects.filter(organisation_id=organisation.pk).order_by("name")]
    bylines = Bylines(data, prefix="firma", initial=draft.bylines, form_kwargs={"authors": authors})
    figures = Figures(data, prefix="cifra", initial=draft.figures) if found.kind == "case" else _Nothing()
    return form, bylines, figures


class _Nothing:
    """No figures: an article has none."""

    cleaned_data: tuple[()] = ()

    def is_valid(self) -> bool:
        return True


def _keep(forms: tuple[Any, Any, Any], found: Article, language: str, request: MemberRequest, at: datetime) -> None:
    """Everything that the page says."""
    form, bylines, figures = forms
    by = request.member
    api.keep_draft(
        article=found.pk, texts={language: form.text()}, bylines=bylines.cleaned_data,
        figures=figures.cleaned_data if found.kind == "case" else None, filing={**form.filing(), **_pictured(form, by, at)},
        news=form.cleaned_data["news"], news_en=form.cleaned_data["news_en"], seen=_number(request.POST.get("seen")), by=by, at=at,
    )  # fmt: skip


def _done(found: Article, request: MemberRequest, at: datetime) -> str:
    """What the pressed button says; the sentence to tell."""
    do, by = request.POST.get("do", "save"), request.member
    if do == "publish":
        version = api.publish_article(article=found.pk, by=by, at=at)
        return _("Published as version %(number)s.") % {"number": version.number}
    if do == "hand_in":
        api.hand_in(article=found.pk, note=request.POST.get("note", ""), by=by, at=at)
        return _("Handed in. The market's staff reads it and answers here.")
    return _("Saved.")


def _pictured(form: ArticleForm, by: Member, at: datetime) -> dict[str, Any]:
    said = form.cleaned_data
    if given := said["picture"]:
        kept = media.keep_picture(file=given, name=given.name, by=by.id, at=at, alt=said["picture_alt"] or said["title"])
        return {"picture": kept.pk}
    return {"picture": None} if said["no_picture"] else {}


def _context(
    by: Member, found: Article, draft: Draft, language: str, forms: tuple[Any, Any, Any], refusal: Refusal | None
) -> dict[str, Any]:
    form, bylines, figures = forms
    references = api.references_of(found)
    lacks = [sentence_of(one) for one in api.lacking(found, draft, references)]
    address = _here(found, by)
    return {
        "here": by.organisation.slug,
        "row": found,
        "draft": draft,
        "language": language,
        "languages": [{"label": label, "href": f"{address}?idioma={code}", "current": code == language} for code, label in LANGUAGES],
        "form": form,
        "bylines": bylines,
        "figures": figures if found.kind == "case" else None,
        "refusal": refusal,
        "references": [(one, apa_html(one.csl, "es")) for one in references],
        "paste": PasteForm(),
        "lacks": lacks,
        "picture": media.Picture.objects.filter(pk=draft.filing["picture"]).first() if draft.filing.get("picture") else None,
        "story": api.story_of(found),
        "may_publish": by.may("publish content"),
        "may_write": found.of_market or found.review != Review.WAITING,
        "address": api.address_of(found) if found.live else "",
        "unshown": bool(found.live and found.published_at and draft.at > found.published_at),
    }


LANGUAGES = (("es", gettext_lazy("Spanish")), ("en", gettext_lazy("English")))


def _here(found: Article, by: Member) -> str:
    return reverse("knowledge-desk:article", args=[by.organisation.slug, found.pk])


def _language(request: MemberRequest) -> str:
    wanted = request.GET.get("idioma", "es")
    return wanted if wanted in rules.LANGUAGES else "es"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
