"""The application that connects all others, loaded last."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WiringConfig(AppConfig):
    name = "oportuno.config"
    label = "oportuno_config"

    def ready(self) -> None:
        autodiscover_modules("facts")
        autodiscover_modules("reactions")
        from oportuno.config import wiring

        wiring.connect()
