from typing import Any

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin_apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from .page_cache import content
from .starting import checks  # noqa: F401  they register themselves

# In the order in which the week needs them, under names that staff use.
APP_NAMES = {
    "vacancies": "Adverts and schools",
    "editions": "Editions",
    "mailing": "Mailing list and messages",
    "news": "News",
    "flatpages": "Pages",
    "auth": "Staff",
    "greensheets_site": "Running",
    "web": "Trail",
}
# What staff call rows whose own name is a builder's word.
MODEL_NAMES = {"FlatPage": "Pages", "Group": "Roles"}


class GreensheetsSiteConfig(AppConfig):
    name = "greensheets_site"
    verbose_name = "Site"

    def ready(self) -> None:
        """Django's own place for what a migration cannot do: triggers go before the tables change, and come back after."""
        pre_migrate.connect(_stop_counting, sender=self)
        post_migrate.connect(_start_counting, sender=self)


def _stop_counting(using: str, **kwargs: Any) -> None:
    content.unwatch(connections[using])


def _start_counting(using: str, **kwargs: Any) -> None:
    """Not after a migration back to before there was a number."""
    if content.NUMBER in connections[using].introspection.table_names():
        content.watch(connections[using])


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our AdminSite, so that every ``@admin.register`` lands on the one desk."""

    default = False
    default_site = "greensheets_site.desk.site.Desk"

    def ready(self) -> None:
        for label, name in APP_NAMES.items():
            apps.get_app_config(label).verbose_name = name
        super().ready()
