from django.db import models

from richtext.fields import LineField

from ..paths import path_to


class StaffGroup(models.TextChoices):
    """Decides the bulletin that an advert is printed in."""

    TEACHING = "teaching", "Teaching staff"
    SUPPORT = "support", "Support staff"


class RoleType(models.Model):
    name = LineField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="Used in the web address of the list of these posts.")
    staff_group = models.CharField(
        max_length=8, choices=StaffGroup.choices, help_text="Decides which of the two bulletins prints the advert."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order within the bulletin; the lowest comes first.")

    class Meta:
        ordering = ["-staff_group", "position", "name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(staff_group__in=StaffGroup.values), name="role_type_staff_group_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("role_type", self.slug)


class Subject(models.Model):
    name = LineField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
