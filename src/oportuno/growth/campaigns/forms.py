"""Forms of campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.growth.campaigns.actions.scheduling import HOURS, SHARES, WINDOWS
from oportuno.growth.campaigns.actions.writing import PURPOSES
from oportuno.growth.campaigns.models import Campaign, Channel, Timing, Version
from oportuno.growth.campaigns.queries.news import KINDS_OF_NEWS, sectors
from oportuno.growth.campaigns.queries.parts import choices_of_segments
from oportuno.growth.campaigns.rules.rhythm import DAY, FORTNIGHT, MONTH, WEEK
from oportuno.growth.campaigns.rules.winning import CLICKS, OPENS
from oportuno.kernel.content import ContentField, Editing, read
from oportuno.kernel.ui.inputs import Cards
from oportuno.people.audience.api import Purpose

LANGUAGES = (("es-co", gettext_lazy("Spanish (Colombia)")), ("es-mx", gettext_lazy("Spanish (Mexico)")), ("en", gettext_lazy("English")))
RULES = ((OPENS, gettext_lazy("Who opens it")), (CLICKS, gettext_lazy("Who follows a link")))


def purposes() -> list[tuple[str, Any]]:
    return [(value, label) for value, label in Purpose.choices if value in PURPOSES]


class MomentInput(forms.DateTimeInput):
    """A day and an hour, as the browser's own picker gives them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class BeginForm(forms.Form):
    """A new campaign: what it is called, how it goes out, on what it rests, from what it begins."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    channel = forms.ChoiceField(label=gettext_lazy("How it goes out"), choices=Channel.choices, initial=Channel.EMAIL, widget=Cards())
    purpose = forms.ChoiceField(label=gettext_lazy("Its readers agreed to"), choices=purposes)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    template = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)

    def __init__(self, data: Any = None, *, templates: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["template"] = forms.ChoiceField(
            label=_("Begin with"), required=False, choices=[("", _("An empty sheet")), *templates], widget=forms.RadioSelect
        )


class WritingForm(forms.Form):
    """All that a draft says. Its words are those of one version."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    purpose = forms.ChoiceField(label=gettext_lazy("Its readers agreed to"), choices=purposes)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    segments = forms.MultipleChoiceField(label=gettext_lazy("To whom"), required=False, widget=forms.CheckboxSelectMultiple)
    minus = forms.MultipleChoiceField(label=gettext_lazy("But not to"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, campaign: Campaign, version: Version, editing: Editing | None, **more: Any) -> None:
        super().__init__(data, initial=_initial(campaign, version), **more)
        offered = choices_of_segments([one for ids in campaign.audience.values() for one in ids])
        for name in ("segments", "minus"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["segments"], self.fields["minus"]
        if campaign.channel == Channel.SMS:
            self.fields["text"] = forms.CharField(
                label=pgettext_lazy("text message", "What it says"),
                required=False,
                max_length=1600,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            return
        assert editing
        self.fields["subject"] = forms.CharField(label=_("Subject"), required=False, max_length=300)
        self.fields["preheader"] = forms.CharField(label=_("Beside the subject"), required=False, max_length=200)
        self.fields["sender"] = forms.CharField(label=_("From"), required=False, max_length=80)
        self.fields["reply_to"] = forms.EmailField(label=_("Answers go to"), required=False)
        self.fields["content"] = ContentField(label=_("Content"), editing=editing, required=False)


def _initial(campaign: Campaign, version: Version) -> dict[str, Any]:
    return {
        "name": campaign.name,
        "purpose": campaign.purpose,
        "language": campaign.language,
        "reply_to": campaign.reply_to,
        "segments": campaign.audience.get("segments", []),
        "minus": campaign.audience.get("minus", []),
        "subject": version.subject,
        "preheader": version.preheader,
        "sender": version.sender,
        "text": version.text,
        "content": read(version.document or {"blocks": []}),
    }


class SendingForm(forms.Form):
    """When, how fast, and how a winner is found. Hours are the organisation's own."""

    timing = forms.ChoiceField(label=gettext_lazy("When"), choices=Timing.choices, initial=Timing.NOW, widget=forms.RadioSelect)
    when = forms.DateTimeField(label=gettext_lazy("Day and hour"), required=False, widget=MomentInput())
    per_hour = forms.IntegerField(label=gettext_lazy("At most so many an hour"), required=False, min_value=1, max_value=1_000_000)
    share = forms.TypedChoiceField(label=gettext_lazy("Try it on"), coerce=int, choices=[(one, f"{one} %") for one in SHARES], initial=20)
    rule = forms.ChoiceField(label=gettext_lazy("The winner is the one with most people"), choices=RULES, initial=OPENS)
    hours = forms.TypedChoiceField(label=gettext_lazy("Hours to wait"), coerce=int, choices=[(one, str(one)) for one in HOURS], initial=4)

    counted_days = forms.TypedChoiceField(
        label=gettext_lazy("Days in which what they do is counted"), coerce=int, choices=[(one, str(one)) for one in WINDOWS], initial=7, required=False,
        empty_value=None,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, zone: str, several: bool, tracked: bool, **more: Any) -> None:
        super().__init__(data, **more)
        self.zone = ZoneInfo(zone)
        if not tracked:
            del self.fields["counted_days"]
        if not several:
            for name in ("share", "rule", "hours"):
                del self.fields[name]

    def clean_when(self) -> datetime | None:
        """As it was typed there, in the zone of the organisation."""
        found: datetime | None = self.cleaned_data["when"]
        return found.replace(tzinfo=None).replace(tzinfo=self.zone) if found else None

    @property
    def said(self) -> dict[str, Any]:
        """What `schedule` takes."""
        given = self.cleaned_data
        test = {name: given[name] for name in ("share", "rule", "hours") if given.get(name)}
        return {
            "timing": given["timing"], "when": given["when"], "per_hour": given["per_hour"], "counted_days": given.get("counted_days"), **test
        }  # fmt: skip


class TestForm(forms.Form):
    """A text to try: where to. Mails go to who asks."""

    to = forms.CharField(label=gettext_lazy("Your number"), max_length=40)


class SeriesForm(forms.Form):
    """The rule of a bulletin that makes itself."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    intro = forms.CharField(label=gettext_lazy("Opening words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sender = forms.CharField(label=gettext_lazy("From"), max_length=80, required=False)
    reply_to = forms.EmailField(label=gettext_lazy("Answers go to"), required=False)
    kinds = forms.MultipleChoiceField(label=gettext_lazy("What it tells of"), choices=KINDS_OF_NEWS, widget=forms.CheckboxSelectMultiple)
    sectors = forms.MultipleChoiceField(label=gettext_lazy("Of these sectors"), required=False, widget=forms.CheckboxSelectMultiple)
    segments = forms.MultipleChoiceField(label=gettext_lazy("To whom"), required=False, widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(label=gettext_lazy("Its readers agreed to"), choices=purposes)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=(
            (DAY, gettext_lazy("Every day")),
            (WEEK, gettext_lazy("Every week")),
            (FORTNIGHT, gettext_lazy("Every two weeks")),
            (MONTH, gettext_lazy("Every month")),
        ),
    )
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=int)
    hour = forms.TypedChoiceField(label=gettext_lazy("Hour"), coerce=int, choices=[(one, f"{one}:00") for one in range(24)])
    most = forms.IntegerField(label=gettext_lazy("At most so many pieces"), min_value=1, max_value=20)
    fits = forms.BooleanField(label=gettext_lazy("Each reader gets only what is of the topics he chose"), required=False)
    active = forms.BooleanField(label=gettext_lazy("It goes out by itself"), required=False)

    def __init__(self, data: Any = None, *, language: str, asks_topics: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not asks_topics:
            del self.fields["fits"]
        self.fields["weekday"].choices = [(number, WEEKDAYS[number]) for number in range(7)]  # type: ignore[attr-defined]
        self._offer("sectors", sectors(language) if asks_topics else ())
        self._offer("segments", choices_of_segments((self.initial or {}).get("segments", ())))

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    @property
    def said(self) -> dict[str, Any]:
        """What actions take."""
        return dict(self.cleaned_data)
