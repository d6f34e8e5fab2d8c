from datetime import datetime

import pytest
from django.template import Context, Template

from tests.builders import london


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (london(2026, 12, 1, 23, 41), "11.41pm"),
        (london(2026, 12, 1, 9), "9am"),
        (london(2026, 12, 1, 12), "noon"),
    ],
)
def test_djangos_own_pages_write_a_time_of_day_as_ours_do(moment: datetime, shown: str) -> None:
    """The admin shows a moment by no format of ours."""
    page = Template("{{ moment }}|{{ moment|date:'P' }}|{{ moment|time:'P' }}").render(Context({"moment": moment}))
    assert page == f"1 Dec 2026, {shown}|{shown}|{shown}"
