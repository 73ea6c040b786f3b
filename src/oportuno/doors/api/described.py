"""The description of the API (OpenAPI 3.1): ninja's, with problems as problems and what each operation asks of a key."""

from __future__ import annotations

from typing import Any

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


class Described(NinjaAPI):
    """An API whose description is complete."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> OpenAPISchema:
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
        if int(status) == 429:
            answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}}
    if policy.audience == "key":
        operation["description"] = f"{operation.get('description', '')}\n\nScope: `{policy.permission}`.".strip()
        operation["x-scope"] = policy.permission
        if method != "get":
            operation.setdefault("parameters", []).extend(IDEMPOTENT["parameters"])
