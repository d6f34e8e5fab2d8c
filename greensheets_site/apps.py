from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class GreensheetsSiteConfig(AppConfig):
    name = "greensheets_site"
    verbose_name = "Site"


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with our AdminSite, so that every ``@admin.register`` lands on the one desk."""

    default = False
    default_site = "greensheets_site.desk.Desk"
