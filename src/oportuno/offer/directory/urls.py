"""Addresses of the directory in the workbench."""

from __future__ import annotations

from django.urls import URLPattern, path

from oportuno.offer.directory.views import applying, choices, plans, points, profiles, sellers, vetting

app_name = "directory"
DESK = "desk/<slug:organisation>/"

urlpatterns: list[URLPattern] = [
    path(f"{DESK}solicitud/", applying.application, name="application"),
    path(f"{DESK}solicitud/<slug:step>/", applying.step, name="step"),
    path(f"{DESK}solicitud/pruebas/pieza/<uuid:evidence>/archivo/", applying.file, name="evidence_file"),
    path(f"{DESK}solicitud/pruebas/pieza/<uuid:evidence>/retiro/", applying.withdrawal, name="evidence_withdrawal"),
    path(f"{DESK}solicitud/pruebas/<slug:requirement>/", applying.evidence, name="evidence"),
    path(f"{DESK}perfil/", profiles.profile, name="profile"),
    path(f"{DESK}perfil/<slug:part>/", profiles.part, name="profile_part"),
    path(f"{DESK}eleccion/vendedores/", choices.sellers, name="seller_choices"),
    path(f"{DESK}eleccion/puntos/", choices.points, name="point_choices"),
    path(f"{DESK}puntos/", points.points, name="points"),
    path(f"{DESK}puntos/nuevo/", points.new_point, name="new_point"),
    path(f"{DESK}puntos/<uuid:point>/", points.point, name="point"),
    path(f"{DESK}puntos/<uuid:point>/cierre/", points.closure, name="point_closure"),
    path(f"{DESK}plan/", plans.plan, name="plan"),
    path(f"{DESK}plan/<uuid:step>/", plans.step, name="plan_step"),
    path(f"{DESK}plan/hitos/<uuid:milestone>/", plans.milestone, name="milestone"),
    path(f"{DESK}verificacion/", vetting.applications, name="vetting"),
    path(f"{DESK}verificacion/<uuid:application>/", vetting.application, name="case"),
    path(f"{DESK}verificacion/<uuid:application>/revision/", vetting.review, name="review"),
    path(f"{DESK}verificacion/<uuid:application>/respuesta/", vetting.answer, name="answer"),
    path(f"{DESK}verificacion/<uuid:application>/<slug:requirement>/decision/", vetting.decision, name="decision"),
    path(f"{DESK}verificacion/<uuid:application>/<slug:requirement>/prueba/", vetting.evidence, name="market_evidence"),
    path(f"{DESK}verificacion/prueba/<uuid:evidence>/archivo/", vetting.file, name="market_evidence_file"),
    path(f"{DESK}vendedores/", sellers.sellers, name="sellers"),
    path(f"{DESK}vendedores/<uuid:seller>/", sellers.seller, name="seller"),
    path(f"{DESK}vendedores/<uuid:seller>/estado/", sellers.standing, name="standing"),
]
