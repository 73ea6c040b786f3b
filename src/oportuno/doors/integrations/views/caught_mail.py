"""The inbox of the mail catcher, in the operator's workbench. Only in development mode: elsewhere nothing is caught."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from oportuno.doors.integrations.mailcatcher.maildir import FROM, TO, Maildir, caught_mail, parse, sender_of
from oportuno.kernel.errors import NotFound
from oportuno.kernel.ui.middleware import CONTENT_SECURITY_POLICY
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.api import MemberRequest, operator

IN_A_FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
"""What a mail's HTML may do in its frame: show its own styles and inline pictures, and nothing else."""
LINK = re.compile(r"https?://[^\s<>\"')]+")


@dataclass(frozen=True)
class Attachment:
    number: int
    name: str
    kind: str
    size: int


@require_safe
@operator("see market")
def inbox(request: MemberRequest) -> HttpResponse:
    """The newest first; `q` are letters of the recipient."""
    q = request.GET.get("q", "").strip()[:200]
    mails = _box().latest(q)
    return page(request, "integrations/caught_mails.html#mails", {"mails": mails, "q": q, "mail_url": settings.MAIL_URL})


@require_safe
@operator("see market")
def mail(request: MemberRequest, name: str) -> HttpResponse:
    """One mail: text, HTML in a frame, headers, source, attachments."""
    source = _source(name)
    parsed = parse(source)
    text = _part(parsed, "plain")
    context = {
        "name": name,
        "subject": str(parsed["Subject"] or ""),
        "to": str(parsed[TO] or ""),
        "sender": sender_of(parsed),
        "text": text,
        "links": _links(text),
        "has_html": bool(_part(parsed, "html")),
        "headers": [(key, str(value)) for key, value in parsed.items() if key not in (TO, FROM)],
        "attachments": _attachments(parsed),
        "source": source.decode("utf-8", "replace")[:200_000],
    }
    answer = page(request, "integrations/caught_mail.html", context)
    answer.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY.replace(' {media}', '')}; frame-src 'self'"
    return answer


@require_GET
@operator("see market")
def html(request: MemberRequest, name: str) -> HttpResponse:
    """The HTML part alone, for the frame; strict whatever the mail holds."""
    answer = HttpResponse(_part(parse(_source(name)), "html"), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = IN_A_FRAME
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@require_GET
@operator("see market")
def attachment(request: MemberRequest, name: str, number: int) -> HttpResponse:
    """A file that came with it, always as a download."""
    found = list(_files(parse(_source(name))))
    if number >= len(found):
        raise NotFound
    content = found[number].get_payload(decode=True)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="attachment-{number}"'
    return answer


@require_POST
@operator("run market")
def clearing(request: MemberRequest) -> HttpResponse:
    """Delete all caught mails."""
    _box().delete_all()
    tell(request, _("All caught mails were deleted."))
    return redirect("integrations:caught-mails", request.member.organisation.slug)


def _box() -> Maildir:
    if settings.PRODUCTION:
        raise NotFound
    return Maildir(caught_mail(settings.HOME))


def _source(name: str) -> bytes:
    if (source := _box().source(name)) is None:
        raise NotFound
    return source


def _part(mail: EmailMessage, kind: str) -> str:
    if (body := mail.get_body((kind,))) is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # a charset that nobody knows
        return str(body.get_payload())


def _links(text: str) -> list[str]:
    return list(dict.fromkeys(LINK.findall(text)))[:20]


def _files(mail: EmailMessage) -> Iterable[EmailMessage]:
    return (part for part in mail.walk() if isinstance(part, EmailMessage) and part.get_content_disposition() == "attachment")


def _attachments(mail: EmailMessage) -> list[Attachment]:
    return [
        Attachment(number, part.get_filename() or "", part.get_content_type(), len(part.get_payload(decode=True) or b""))
        for number, part in enumerate(_files(mail))
    ]
