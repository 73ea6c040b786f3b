"""The pages of sellers and of the market, walked by our cast."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.directory import api
from oportuno.offer.directory.models import Application, Decision, Evidence, PointOfSale, Seller
from oportuno.offer.directory.testing import PDF, fill_in, make_seller
from oportuno.people.organisations.testing import Actor

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("market")


def everything(model: Any) -> list[Any]:
    with for_market("test"):
        return list(model.objects.all())


def hand_in(actor: Actor) -> Application:
    fill_in(actor.member, AT)
    with for_organisation(actor.member.organisation.pk):
        return api.submit_application(by=actor.member, at=AT)


def document_of(actor: Actor) -> UUID:
    with for_market("test"):
        return Evidence.objects.filter(organisation_id=actor.member.organisation.pk, document__isnull=False).values_list("pk", flat=True)[0]


def test_it_walks_through_the_application_in_the_browser(alba: Actor) -> None:
    alba = alba.at(AT)
    assert b"RUT" in alba.get(alba.desk("solicitud/")).content
    assert alba.post(alba.desk("solicitud/")).headers["Location"].endswith("/solicitud/perfil/")
    profile = {"trade_name": "Flores de Alba", "home": "CO-05-615", "phone": "300 123 4567"}
    assert alba.post(alba.desk("solicitud/perfil/"), profile).headers["Location"].endswith("/solicitud/alcance/")
    scope = {"sectors": ["floristerias"], "places_CO": ["CO-05"], "add_town": "CO-25-126"}
    assert alba.post(alba.desk("solicitud/alcance/"), scope).status_code == 302
    assert alba.post(alba.desk("solicitud/diferencia/"), {"difference_es": "Cortamos de madrugada."}).status_code == 302
    assert alba.post(alba.desk("solicitud/pruebas/tax_co/"), {"words": "900123456-8"}).status_code == 302
    for key in ("rut_co", "chamber_co"):
        file = SimpleUploadedFile(f"{key}.pdf", PDF)
        assert alba.post(alba.desk(f"solicitud/pruebas/{key}/"), {"file": file}).status_code == 302
    for n in range(3):
        said = {"name": f"Cliente {n}", "phone": f"300 123 456{n}"}
        assert alba.post(alba.desk("solicitud/pruebas/references/"), said).status_code == 302
    early = alba.post(alba.desk("solicitud/revision/"))
    assert early.status_code == 422  # the commitment is not signed
    due = {f"due_{one.key}": str((AT + timedelta(days=one.day)).date()) for one in api.method().commitment.milestones}
    assert alba.post(alba.desk("solicitud/compromiso/"), {"accepted": "on", **due}).status_code == 302
    assert alba.post(alba.desk("solicitud/revision/")).status_code == 302
    assert [one.state for one in everything(Application)] == ["submitted"]


def test_it_keeps_what_was_typed_when_it_refuses(alba: Actor) -> None:
    alba.post(alba.desk("solicitud/"))
    wrong = {"trade_name": "Flores de Alba", "home": "CO-05-615", "phone": "123", "web_address": "www.alba.co"}
    answer = alba.post(alba.desk("solicitud/perfil/"), wrong)
    assert answer.status_code == 422
    assert b'value="www.alba.co"' in answer.content
    assert b'value="123"' in answer.content
    assert [one.web_address for one in everything(Seller)] == [""]


def test_it_refuses_a_page_dressed_as_a_document(alba: Actor) -> None:
    alba.post(alba.desk("solicitud/"))
    with for_organisation(alba.member.organisation.pk):
        api.choose_scope(sectors=["floristerias"], places=["CO"], by=alba.member, at=AT)
    evil = SimpleUploadedFile("rut.pdf", b"<html><script>alert(1)</script>")
    assert alba.post(alba.desk("solicitud/pruebas/rut_co/"), {"file": evil}).status_code == 422
    assert everything(Evidence) == []


def test_it_hands_evidence_out_to_its_owner_and_to_reviewers_only(
    alba: Actor, gala: Actor, dario: Actor, beto: Actor, stranger: Client
) -> None:
    hand_in(alba)
    piece = document_of(alba)
    for path, who in (
        (alba.desk(f"solicitud/pruebas/pieza/{piece}/archivo/"), alba),
        (dario.desk(f"verificacion/prueba/{piece}/archivo/"), dario),
    ):
        answer = who.get(path)
        assert b"".join(answer) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    mine, markets = f"solicitud/pruebas/pieza/{piece}/archivo/", f"verificacion/prueba/{piece}/archivo/"
    assert gala.get(gala.desk(mine)).status_code == 404
    assert gala.get(alba.desk(mine)).status_code == 404
    assert gala.get(gala.desk(markets)).status_code == 404
    assert beto.get(beto.desk(mine)).status_code == 403  # hers to sell, not to apply
    assert stranger.get(alba.desk(mine)).status_code == 302
    assert "entrar" in stranger.get(dario.desk(markets)).headers["Location"]


def test_it_keeps_evidence_of_drafts_from_reviewers(alba: Actor, dario: Actor) -> None:
    fill_in(alba.member, AT)
    assert dario.get(dario.desk(f"verificacion/prueba/{document_of(alba)}/archivo/")).status_code == 404


def test_it_shows_gala_none_of_albas_pages_nor_the_markets(alba: Actor, gala: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    make_seller(gala, dario, AT)
    with for_organisation(alba.member.organisation.pk):
        point = api.open_point(said=api.SaidPoint(name="Centro"), by=alba.member, at=AT)
    before = [everything(PointOfSale), everything(Decision)]
    for path in ("solicitud/", "perfil/", "puntos/", "plan/", "verificacion/", "vendedores/"):
        assert gala.get(alba.desk(path)).status_code == 404
    for path in ("verificacion/", f"verificacion/{application.pk}/", "vendedores/"):
        assert gala.get(gala.desk(path)).status_code == 404
    assert gala.get(gala.desk(f"puntos/{point.pk}/")).status_code == 404
    assert gala.post(gala.desk(f"puntos/{point.pk}/cierre/")).status_code == 404
    assert gala.post(gala.desk(f"verificacion/{application.pk}/respuesta/")).status_code == 404
    assert [everything(PointOfSale), everything(Decision)] == before


def test_it_decides_from_the_page_and_keeps_the_reviewers_words_when_it_refuses(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    here = dario.desk(f"verificacion/{application.pk}/")
    assert "Flores de Alba" in dario.get(dario.desk("verificacion/")).content.decode()
    refused = dario.post(f"{here}test_order/decision/", {"verdict": "approve", "own": "Llegó a tiempo", "seen": "0"})
    assert refused.status_code == 422  # no evidence of it yet
    assert "Llegó a tiempo" in refused.content.decode()
    assert dario.post(f"{here}test_order/prueba/", {"words": "Pedido 1042"}).status_code == 302
    assert dario.post(f"{here}test_order/decision/", {"verdict": "approve", "own": "Llegó a tiempo", "seen": "0"}).status_code == 302
    assert dario.post(f"{here}test_order/decision/", {"verdict": "reject", "own": "No llegó", "seen": "0"}).status_code == 409
    assert dario.post(f"{here}rut_co/decision/", {"verdict": "approve", "own": "", "usual": "", "seen": "0"}).status_code == 422
    assert [(one.requirement.key, one.verdict, one.reason) for one in everything(Decision)] == [("test_order", "approve", "Llegó a tiempo")]
    assert dario.post(f"{here}respuesta/").status_code == 422


def test_it_suspends_from_the_overview_with_a_reason(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    here = dario.desk(f"vendedores/{seller.pk}/")
    assert "Flores de Alba" in dario.get(dario.desk("vendedores/?standing=approved&q=alba")).content.decode()
    assert dario.post(f"{here}estado/", {"wanted": "suspend", "reason": ""}).status_code == 422
    assert dario.post(f"{here}estado/", {"wanted": "suspend", "reason": "Tres quejas."}).status_code == 302
    assert "Tres quejas." in dario.get(here).content.decode()
    assert not everything(Seller)[0].published


def test_it_opens_changes_and_closes_a_point_of_sale(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    said = {
        "name": "Centro",
        "latitude": "6,1551",
        "longitude": "-75.3737",
        "time_zone": "America/Bogota",
        "shown": "on",
        "hours_0": "8-18",
    }
    special = {"on_0": "2026-12-25", "special_0": "", "why_0": "Navidad"}
    assert alba.post(alba.desk("puntos/nuevo/"), {**said, **special}).status_code == 302
    assert alba.post(alba.desk("puntos/nuevo/"), said).status_code == 422  # the same name again
    wrong = alba.post(alba.desk("puntos/nuevo/"), {**said, "name": "Norte", "hours_0": "a las ocho", "latitude": "200"})
    assert wrong.status_code == 422
    assert "a las ocho" in wrong.content.decode()
    [point] = everything(PointOfSale)
    assert (point.latitude, point.hours, point.published) == (6.1551, {"0": [["08:00", "18:00"]]}, True)
    assert point.exceptions == [{"on": "2026-12-25", "hours": [], "why": "Navidad"}]
    assert "Navidad" in alba.get(alba.desk(f"puntos/{point.pk}/")).content.decode()
    assert alba.post(alba.desk(f"puntos/{point.pk}/"), {**said, "name": "Centro Histórico"}).status_code == 302
    assert alba.post(alba.desk(f"puntos/{point.pk}/cierre/")).status_code == 302
    assert (everything(PointOfSale)[0].name, everything(PointOfSale)[0].published) == ("Centro Histórico", False)


def test_it_shows_every_page_in_both_languages(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    for language in ("", "/en"):
        for who, paths in (
            (alba, ("solicitud/", "perfil/", "puntos/", "puntos/nuevo/", "plan/")),
            (dario, ("verificacion/?state=all", "vendedores/")),
        ):
            for path in paths:
                assert who.get(language + who.desk(path)).status_code == 200, path


def test_it_tells_each_what_to_do_today(alba: Actor, gala: Actor, dario: Actor) -> None:
    hand_in(alba)
    with translation.override("es-co"), for_organisation(dario.member.organisation.pk):
        assert [task.icon for task in api.tasks(dario.member, AT)] == ["gavel"]
    with translation.override("es-co"), for_organisation(gala.member.organisation.pk):
        assert [task.href for task in api.tasks(gala.member, AT)] == [gala.desk("solicitud/")]
    make_seller(gala, dario, AT)
    with translation.override("es-co"), for_organisation(gala.member.organisation.pk):
        assert [task.href for task in api.tasks(gala.member, AT)] == [f"{gala.desk('plan/')}#difference"]


def test_it_keeps_a_picture_of_the_seller(alba: Actor) -> None:
    from PIL import Image

    alba.post(alba.desk("solicitud/"))
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "#c33").save(file, "PNG")
    sent = {"emblem": SimpleUploadedFile("logo.png", file.getvalue())}
    assert alba.post(alba.desk("perfil/fotos/"), sent).status_code == 302
    assert everything(Seller)[0].emblem_id is not None
    assert alba.post(alba.desk("perfil/fotos/"), {"emblem": SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")}).status_code == 422
    assert alba.post(alba.desk("perfil/nada/"), {}).status_code == 404


def test_who_lost_the_approval_finds_the_way_back_and_what_is_in_order_need_not_be_shown_again(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    api.revoke_seller(seller=seller.pk, reason="Vendió lo que no tenía.", by=dario.member, at=AT)
    page = alba.at(AT).get(alba.desk("solicitud/")).content.decode()
    assert "Vendió lo que no tenía." in page
    assert "Volver a solicitar" in page
    assert alba.at(AT).post(alba.desk("solicitud/")).status_code == 302
    assert alba.at(AT).post(alba.desk("solicitud/revision/")).status_code == 302
    application = everything(Application)[-1]
    assert application.state == "submitted"
    case = dario.at(AT).get(dario.desk(f"verificacion/{application.pk}/")).content.decode()
    assert "Vendió lo que no tenía." in case  # whoever decides now reads why


def test_the_reviewer_reads_which_requirement_ran_out_by_its_title(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    with for_market("test"):
        api.expire_due(AT + timedelta(days=365))
    page = dario.at(AT + timedelta(days=365)).get(dario.desk(f"vendedores/{seller.pk}/")).content.decode()
    assert "RUT actualizado" in page
    assert "rut_co" not in page
