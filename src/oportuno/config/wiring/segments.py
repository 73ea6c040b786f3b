"""What segments may ask for that other apps know: what people do, and what the vertical knows of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from oportuno.kernel.desk import DeskPage, list_page


def segments() -> None:
    """Segments, their deeds, and who is forgotten."""
    from oportuno.doors.marketplace.api import current_pack
    from oportuno.people.audience import api as people
    from oportuno.people.segments import api

    def categories(language: str) -> list[tuple[str, str]]:
        pack = current_pack()
        return [("/".join(one.path), one.category.title.in_(language)) for one in pack.taxonomy.walk()] if pack else []

    def pages(path: str) -> api.Pages:
        return api.Pages(paths=(f"/categorias/{path}/", f"/en/categorias/{path}/"))

    api.know_deed(api.DeedKind("received", ("messaging.message_sent",), _("received a bulletin"), only={"purpose": "marketing"}))
    opened = api.DeedKind("opened", ("messaging.mail_opened",), _("opened a bulletin"), never={"machine": "true"}, of="received")
    api.know_deed(opened)
    clicked = api.DeedKind(
        "clicked", ("messaging.mail_clicked",), _("followed a link of a bulletin"), never={"machine": "true"}, of="received"
    )
    api.know_deed(clicked)
    api.know_deed(api.DeedKind("visited", ("audience.page_viewed",), _("visited a page"), about=pages, offered=categories))
    api.know_deed(api.DeedKind("asked", ("audience.question_asked",), _("asked a question")))
    api.know_deed(api.DeedKind("answered_form", ("sites.form_answered",), _("answered a form")))
    api.know_deed(api.DeedKind("commented", ("sites.comment_left",), _("left a comment")))
    api.describe()
    people.erases("segments", api.forget_contact)
    people.keeps("segments", api.kept_of)
    list_page(DeskPage("people", "segments:segments", _("Segments"), "filter", "see contacts", order=15))
