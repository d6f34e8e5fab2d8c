"""A staff group in the address of a page."""

from ..models import StaffGroup


class StaffGroupConverter:
    regex = "|".join(StaffGroup.values)

    def to_python(self, value: str) -> StaffGroup:
        return StaffGroup(value)

    def to_url(self, value: str) -> str:
        return str(value)
