"""Addresses of the public API."""

from __future__ import annotations

from django.urls import path
from ninja import NinjaAPI

from oportuno.doors.api.keys import Key
from oportuno.doors.api.problems import answer_with_problems
from oportuno.doors.api.v1 import search
from oportuno.kernel.policies import Policy, declare_by_name, declare_operations

api = NinjaAPI(
    title="Oportuno",
    version="1",
    description="Read what a market publishes; read and write what belongs to your organisation, with one of its keys.",
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=Key(),
)
answer_with_problems(api)
api.add_router("", search.router)

for _prefix, _router in api._routers:
    for _view in _router.path_operations.values():
        for _operation in _view.operations:
            declare_operations(f"api:{_operation.url_name}", dict.fromkeys(_operation.methods, _operation.view_func.policy))  # type: ignore[attr-defined]
declare_by_name("api:openapi-json", Policy("open", why="describes the operations"))
declare_by_name("api:api-root", Policy("open", why="names the version; ninja answers 404 to whoever asks for more"))

urlpatterns = [path("v1/", api.urls)]
