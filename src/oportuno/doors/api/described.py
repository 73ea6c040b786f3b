"""The description of the API (OpenAPI 3.1): ninja's, with problems as problems and what each operation asks of a key."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from oportuno.doors.api.shapes import IDEMPOTENT
from oportuno.kernel.policies import Policy

WORDS = {
    400: "The request cannot be read.",
    401: "No key, or one that opens nothing.",
    403: "The key lacks the scope that this operation needs.",
    404: "Absent, or somebody else's; the two look the same.",
    409: "It changed meanwhile, or the Idempotency-Key was used for another request.",
    413: "More than 2 MB.",
    422: "We cannot do this, and say why; `errors` names the fields.",
    429: "Too many requests. `Retry-After` says in how many seconds to try again.",
}


PACE = {
    "RateLimit": {"schema": {"type": "string"}, "description": 'such as `"key";r=1199;t=42`: so often still, for so many seconds'},
    "RateLimit-Policy": {"schema": {"type": "string"}, "description": 'such as `"key";q=1200;w=60`: so often, in so many seconds'},
}
OF_OFFER = {"sku": "$request.path.sku"}
LINKS = {
    "contacts_bring": {"read": ("contacts_contact", {"contact": "$response.body#/id"})},
    "contact_imports_start_contacts": {"see": ("contact_imports_see_contacts", {"run": "$response.body#/id"})},
    "imports_start": {"see": ("imports_see", {"run": "$response.body#/id"})},
    "offers_put": {"read": ("offers_offer", OF_OFFER), "count": ("offers_stock", OF_OFFER), "remove": ("offers_remove", OF_OFFER)},
    "offers_stock": {"read": ("offers_offer", OF_OFFER)},
    "offers_remove": {"put": ("offers_put", OF_OFFER)},
}
"""What follows from an operation: name → the next one, and where its parameters come from."""


class Described(NinjaAPI):
    """An API whose description is complete. It is put together once for each prefix and language: a tenth of a second of work."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._described: dict[tuple[str | None, str | None], OpenAPISchema] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
        which = path_prefix, get_language()
        if which not in self._described:
            self._described[which] = self._whole(path_prefix, path_params)
        return self._described[which]

    def _whole(self, path_prefix: str | None, path_params: dict[str, Any] | None) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                _complete(operation, method, self.policies[path.removeprefix("/api/v1"), method.upper()])
        return schema

    policies: dict[tuple[str, str], Policy]


def _complete(operation: dict[str, Any], method: str, policy: Policy) -> None:
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            answer["description"] = WORDS[int(status)]
            answer["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        answer["headers"] = dict(PACE)
        if int(status) == 429:
            answer["headers"] |= {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
        if int(status) < 400:
            _lead_on(answer, operation["operationId"])
    if policy.audience == "key":
        operation["description"] = f"{operation.get('description', '')}\n\nScope: `{policy.permission}`.".strip()
        operation["x-scope"] = policy.permission
        if method != "get":
            operation.setdefault("parameters", []).extend(IDEMPOTENT["parameters"])


def _lead_on(answer: dict[str, Any], operation: str) -> None:
    prefix, own = operation.split("_v1_")
    if own in LINKS:
        answer["links"] = {name: {"operationId": f"{prefix}_v1_{to}", "parameters": given} for name, (to, given) in LINKS[own].items()}
