"""Addresses of the workbench itself; each application adds its own below /desk/<organisation>/."""

from django.urls import path

from oportuno.doors.backoffice import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.entrance, name="entrance"),
    path("desk/<slug:organisation>/", views.today, name="today"),
    path("desk/<slug:organisation>/trabajos/", views.jobs, name="jobs"),
    path("desk/<slug:organisation>/trabajos/<int:job>/repeticion/", views.job_replay, name="job-replay"),
    path("desk/<slug:organisation>/trabajos/hechos/<int:parked>/repeticion/", views.fact_replay, name="fact-replay"),
    path("desk/<slug:organisation>/auditoria/", views.audit, name="audit"),
]
