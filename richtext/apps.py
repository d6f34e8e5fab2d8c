from django.apps import AppConfig
from django.core.checks import register

from .checks import check_editor


class RichtextConfig(AppConfig):
    name = "richtext"
    verbose_name = "Rich text"

    def ready(self) -> None:
        register(check_editor)
