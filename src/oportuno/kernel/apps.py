"""The kernel as a Django application: it owns the fact log, the audit and the idempotency keys."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "oportuno.kernel"
    label = "oportuno_kernel"
