"""How the facts of audience read in a contact's timeline."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oportuno.people.audience.models import Purpose, Stage
from oportuno.people.audience.queries.timeline import Happened, name_group, tell_of


def describe() -> None:
    """Called once at start."""
    name_group("visits", gettext_lazy("Visits"))
    name_group("questions", gettext_lazy("Questions"))
    name_group("consent", gettext_lazy("Consent"))
    name_group("relation", gettext_lazy("Relation"))
    for kind, group, icon, sentence in TELLINGS:
        tell_of(f"audience.{kind}", group=group, icon=icon, sentence=sentence)


def _captured(happened: Happened) -> str:
    return _("Became known by: %(source)s") % {"source": source_name(happened.data.get("source", ""))}


def _stage(happened: Happened) -> str:
    stages = dict(Stage.choices)
    words = {key: stages.get(happened.data.get(key, ""), "") for key in ("before", "after")}
    if not (reason := reason_name(happened.data.get("reason", ""))):
        return _("From %(before)s to %(after)s") % words
    return _("From %(before)s to %(after)s: %(reason)s") % {**words, "reason": reason}


def _tagged(happened: Happened) -> str:
    added, removed = ", ".join(happened.data.get("added", [])), ", ".join(happened.data.get("removed", []))
    if added and removed:
        return _("Tagged %(added)s, and no longer %(removed)s") % {"added": added, "removed": removed}
    return _("Tagged %(added)s") % {"added": added} if added else _("No longer tagged %(removed)s") % {"removed": removed}


def _purpose(happened: Happened) -> str:
    return str(dict(Purpose.choices).get(happened.data.get("purpose", ""), happened.data.get("purpose", "")))


def _asked_consent(happened: Happened) -> str:
    return _("Asked for: %(purpose)s. Not confirmed yet") % {"purpose": _purpose(happened)}


def _gave(happened: Happened) -> str:
    if happened.data.get("confirmed"):
        return _("Agreed to: %(purpose)s, confirmed by the link in the mail") % {"purpose": _purpose(happened)}
    return _("Agreed to: %(purpose)s") % {"purpose": _purpose(happened)}


def _withdrew(happened: Happened) -> str:
    return _("Withdrew: %(purpose)s") % {"purpose": _purpose(happened)}


def _answered(happened: Happened) -> str:
    return _("Got an answer on time") if happened.data.get("on_time") else _("Got an answer, late")


def _viewed(happened: Happened) -> str:
    return _("Looked at %(path)s") % {"path": _readable(happened.data.get("path", ""))}


def _readable(path: str) -> str:
    """The last word of an address, without what only makes it unique: `/productos/rosa-roja-9hjwgfd3rf/` → “rosa roja”."""
    words = [word for word in path.strip("/").rpartition("/")[2].split("-") if not (len(word) == 10 and any(map(str.isdigit, word)))]
    return f"“{' '.join(words)}”" if any(words) else path


def source_name(source: str) -> str:
    """The reader's word for where a contact came from; what a person or an import named stays as it is."""
    known = {
        "bulletin form": _("the bulletin form"),
        "question form": _("a question"),
        "comment form": _("a comment"),
        "topic form": _("a topic asked for"),
        "team": _("the team"),
        "import": _("an import"),
        "my account": _("my account"),
        "way out of a mail": _("the link in a mail"),
        "link in a mail": _("the link in a mail"),
        "bulletin": _("the bulletin form"),
        "question": _("a question"),
        "article": _("an article"),
        "search": _("a search engine"),
        "referral": _("a recommendation"),
        "fair": _("a fair"),
        "instagram": "Instagram",
        "whatsapp": "WhatsApp",
    }
    return known.get(source, source)


def reason_name(reason: str) -> str:
    return {"agreed to hear from us": _("agreed to hear from us"), "asked a question": _("asked a question")}.get(reason, reason)


TELLINGS = (
    ("contact_captured", "relation", "user-plus", _captured),
    ("stage_changed", "relation", "trending-up", _stage),
    ("contact_tagged", "relation", "tag", _tagged),
    ("contact_changed", "relation", "edit", lambda happened: _("What we know was changed")),
    ("identity_added", "relation", "at", lambda happened: _("An address was added")),
    ("identity_removed", "relation", "x", lambda happened: _("An address was taken away")),
    ("fields_changed", "relation", "edit", lambda happened: _("What we know was changed")),
    ("contacts_merged", "relation", "users-group", lambda happened: _("Another contact was joined to this one")),
    ("merge_undone", "relation", "arrow-back-up", lambda happened: _("Two contacts that were joined are two again")),
    ("note_added", "relation", "note", lambda happened: _("A note was written")),
    ("person_recognised", "relation", "user-check", lambda happened: _("Signed in with this address and governs these data now")),
    ("address_confirmed", "consent", "mail-opened", lambda happened: _("Proved the address")),
    ("consent_asked", "consent", "mail-forward", _asked_consent),
    ("consent_given", "consent", "check", _gave),
    ("consent_withdrawn", "consent", "hand-stop", _withdrew),
    ("question_asked", "questions", "message-question", lambda happened: _("Asked a question")),
    ("question_answered", "questions", "message", _answered),
    ("answer_promise_broken", "questions", "clock", lambda happened: _("Waited longer than was promised")),
    ("question_closed", "questions", "archive", lambda happened: _("The question was closed without an answer")),
    ("visitor_identified", "visits", "fingerprint", lambda happened: _("Recognised as a visitor from before")),
    ("page_viewed", "visits", "eye", _viewed),
)
