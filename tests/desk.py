"""Working at the desk, for tests: log in with a role, open a form, send it back with some of it changed."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models.fields.files import FieldFile
from django.forms import MultiWidget
from django.urls import URLPattern

from greensheets_site.accounts import roles

# What the form of an advert sends below its own fields when no document is added.
NO_DOCUMENTS = {"attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0"}


def staff(role: str = roles.EDITOR, username: str = "") -> User:
    """A member of staff with one role and the password ``greensheets``."""
    if not Group.objects.filter(name=role).exists():
        roles.sync()
    user = User.objects.create_user(username or role.lower(), password="greensheets", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def typed(form) -> dict[str, str | list[str]]:
    """What a browser would send back of an opened form."""
    data = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, MultiWidget):
            parts = widget.decompress(value)
            data |= {f"{bound.html_name}_{n}": "" if part is None else str(part) for n, part in enumerate(parts)}
        elif isinstance(value, bool):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list):
            data[bound.html_name] = [str(getattr(item, "pk", item)) for item in value]
        elif value is not None and not isinstance(value, FieldFile):
            data[bound.html_name] = str(value)
    return data


def opened(client, url: str) -> dict[str, str | list[str]]:
    """The data of the form at an address, as it comes up, with the rows below it that are stored already."""
    context = client.get(url).context
    data = typed(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        rows, prefix = inline.formset.initial_forms, inline.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        for row in rows:
            data |= typed(row)
    return data


def pages() -> set[str]:
    """The names of all pages of the back office, of lists inside lists too."""
    found, waiting = set(), list(admin.site.get_urls())
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, URLPattern):
            found |= {pattern.name} - {None}
        else:
            waiting += pattern.url_patterns
    return found
