"""The role types that the product ships with; staff may change them afterwards."""

from django.db import migrations
from django.utils.text import slugify

ROLE_TYPES = {
    "teaching": [
        "Headteacher",
        "Deputy headteacher",
        "Assistant headteacher",
        "Head of department or curriculum",
        "Head of year or phase",
        "SENCO",
        "Teacher",
        "Other leadership",
    ],
    "support": [
        "Teaching assistant",
        "Higher level teaching assistant",
        "Learning support or cover supervisor",
        "Administration, HR, data and finance",
        "Catering, cleaning and site management",
        "IT and technical support",
        "Pastoral, health and welfare",
        "Midday supervisor",
        "Other support",
    ],
}


def ship_role_types(apps, schema_editor):
    RoleType = apps.get_model("vacancies", "RoleType")
    for staff_group, names in ROLE_TYPES.items():
        for position, name in enumerate(names, start=1):
            RoleType.objects.get_or_create(
                slug=slugify(name), defaults={"name": name, "staff_group": staff_group, "position": position * 10}
            )


class Migration(migrations.Migration):
    dependencies = [("vacancies", "0001_initial")]
    operations = [migrations.RunPython(ship_role_types, migrations.RunPython.noop)]
