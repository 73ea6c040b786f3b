"""Addresses of the public API."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from oportuno.doors.api.described import Described
from oportuno.doors.api.keys import Key
from oportuno.doors.api.pace import paced
from oportuno.doors.api.problems import answer_with_problems, knows_its_methods, problem
from oportuno.doors.api.v1 import (
    campaign_versions,
    campaigns,
    contact_addresses,
    contact_imports,
    contact_merges,
    contacts,
    contributions,
    ebooks,
    experts,
    facts,
    glossary,
    guides,
    imports,
    knowledge,
    messages,
    offers,
    organisation,
    products,
    search,
    segments,
    sellers,
    sites,
)
from oportuno.kernel.policies import Policy, declare_by_name, declare_operations, open_to_all

ABOUT = """\
Read what a market publishes; read and write what belongs to your organisation, with one of its keys.

* Keys are made in the workbench, under “Keys for programs”: `Authorization: Bearer opk_…`. Each operation names its scope.
* Lists are pages: `limit` up to 100, and `next` of one page is `after` of the following.
* Errors are problem documents (RFC 9457). What is absent and what is somebody else's look the same: 404.
* Money is `{"amount": "18500.00", "currency": "COP"}`, times are ISO 8601 with their zone, ids are text.
* `RateLimit` says how often one may still ask (`r`) in the next seconds (`t`), `RateLimit-Policy` how often in a minute.
* POST, PUT, PATCH and DELETE honour `Idempotency-Key`: sent twice, done once.
* Texts come in Spanish, or in English with `Accept-Language: en`.
"""

api = Described(
    title="Oportuno",
    version="1",
    description=ABOUT,
    docs_url=None,  # its page would load scripts from elsewhere
    openapi_url="/openapi.json",
    urls_namespace="api",
    auth=Key(),
)
answer_with_problems(api)
for _module in (
    search,
    sellers,
    sites,
    products,
    organisation,
    offers,
    imports,
    contact_imports,
    contacts,
    contact_addresses,
    contact_merges,
    segments,
    campaigns,
    campaign_versions,
    messages,
    facts,
    experts,
    knowledge,
    contributions,
    glossary,
    ebooks,
    guides,
):
    api.add_router("", _module.router)

api.policies = {}
for _prefix, _router in api._routers:
    for _path, _view in _router.path_operations.items():
        for _operation in _view.operations:
            _policy: Policy = _operation.view_func.policy  # type: ignore[attr-defined]
            _policies = dict.fromkeys(_operation.methods, _policy)
            declare_operations(f"api:{_operation.url_name}", _policies)
            _bare = re.sub(r"\{\w+:", "{", _path)  # as the description writes it
            api.policies |= {(_bare, _method): _policy for _method, _policy in _policies.items()}
_urls = api.urls
for _pattern in _urls[0]:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = paced(knows_its_methods(_pattern.callback))

declare_by_name("api:openapi-json", Policy("open", why="describes the operations"))
declare_by_name("api:api-root", Policy("open", why="names the version; ninja answers 404 to whoever asks for more"))


@csrf_exempt
@open_to_all("answers 404 with a problem document; changes nothing")
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address of the API that is none."""
    return problem(404, _("There is nothing here."))


# Not <path:rest>: that stops at a line break.
urlpatterns = [path("v1/", _urls), re_path(r"^v1/(?P<rest>[\s\S]*)", nothing, name="api-nothing")]
