"""The mailbox that an organisation's bounces and answers come in by: named, tried at once, read from then on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.doors.integrations.inbox.connecting import connect_mailbox, give_up_mailbox, mailbox_of, read_now
from oportuno.doors.integrations.inbox.sentences import sentence_of
from oportuno.doors.integrations.models import Mailbox, MailboxKind
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.api import MemberRequest, member

MAY = "manage organisation"
NAMES = ("kind", "host", "starttls", "port", "user", "folder")


class MailboxForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Protocol"), choices=MailboxKind.choices, initial="imap")
    host = forms.RegexField(r"\A[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\Z", label=pgettext_lazy("mail", "Server"), max_length=253)
    starttls = forms.TypedChoiceField(
        label=gettext_lazy("Encryption"), coerce=lambda said: said == "starttls", initial="tls",
        choices=[("tls", gettext_lazy("From the beginning (TLS)")), ("starttls", gettext_lazy("After greeting (STARTTLS)"))],
    )  # fmt: skip
    port = forms.IntegerField(label=gettext_lazy("Port"), required=False, min_value=1, max_value=65535)
    user = forms.CharField(label=pgettext_lazy("mail", "User"), max_length=254)
    password = forms.CharField(label=gettext_lazy("Password"), required=False, max_length=500, strip=False, widget=forms.PasswordInput)
    folder = forms.CharField(label=pgettext_lazy("mail", "Folder"), required=False, max_length=200)

    @staticmethod
    def of(box: Mailbox | None) -> dict[str, Any]:
        if box is None:
            return {}
        return {name: getattr(box, name) for name in NAMES} | {"starttls": "starttls" if box.starttls else "tls"}


@require_http_methods(["GET", "HEAD", "POST"])
@member(MAY)
def mailbox(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/mensajes/buzon/"""
    here, known = request.member.organisation, mailbox_of(request.member.organisation.pk)
    form = MailboxForm(request.POST or None, initial=MailboxForm.of(known))
    if known is None:
        form.fields["password"].required = True
        form.fields["password"].error_messages["required"] = _("Write its password.")
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in NAMES}
        try:
            connect_mailbox(member=request.member, password=form.cleaned_data["password"], at=now(), **said)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("It opens. What comes into it is read three times a minute from now on."))
            return redirect("integrations:mailbox", here.slug)
    context = {"form": form, "known": known, "problem": sentence_of(known.problem, known) if known and known.problem else ""}
    return page(request, "integrations/mailbox.html", context, status=422 if form.errors else 200)


@require_POST
@member(MAY)
def mailbox_turn(request: MemberRequest) -> HttpResponse:
    """Read it now, or give it up."""
    if request.POST.get("do") == "remove":
        give_up_mailbox(member=request.member, at=now())
        tell(request, _("Nobody reads that mailbox any more. What came in stays."))
    else:
        read_now(member=request.member, at=now())
        tell(request, _("It is being read; look again in a moment."))
    return redirect("integrations:mailbox", request.member.organisation.slug)
