"""Heights that were measured once are found again, by the press and by the desk, until nobody has used them for long."""

from datetime import timedelta

import pytest

from editions.building import heights
from editions.models import Measured
from editions.press.galley import Sized
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_the_press_finds_heights_by_what_it_sets_and_the_desk_by_what_the_row_says():
    heights.remember(
        {"row 1": "key 1", "row 2": "key 2"}, {"key 1": [Sized(10.0), Sized(20.0, [(9, 10.8)])], "key 2": [Sized(30.0)]}, MONDAY
    )

    assert heights.by_key(["row 1", "row 3"]) == {"key 1": [Sized(10.0), Sized(20.0, [(9, 10.8)])]}
    assert heights.by_digest(["row 2", "row 3"]) == {"row 2": [Sized(30.0)]}


def test_what_was_held_back_has_no_heights_and_is_not_remembered():
    heights.remember({"row 1": "key 1", "row 2": "key 2"}, {"key 2": [Sized(30.0)]}, MONDAY)

    assert list(Measured.objects.values_list("digest", flat=True)) == ["row 2"]


def test_what_is_measured_again_takes_the_place_of_what_was_known():
    heights.remember({"row 1": "old look"}, {"old look": [Sized(10.0)]}, MONDAY)
    heights.remember({"row 1": "new look"}, {"new look": [Sized(11.0)]}, MONDAY + DAY)

    assert list(Measured.objects.values_list("digest", "key", "heights", "used_on")) == [
        ("row 1", "new look", [[11.0, []]], MONDAY + DAY)
    ]


@pytest.mark.parametrize(("days", "kept"), [(90, ["row 1", "row 2"]), (91, ["row 2"])])
def test_what_was_not_used_for_ninety_days_is_forgotten(days, kept):
    heights.remember({"row 1": "key"}, {"key": [Sized(10.0)]}, MONDAY)
    heights.remember({"row 2": "key"}, {"key": [Sized(10.0)]}, MONDAY + days * DAY)

    assert sorted(Measured.objects.values_list("digest", flat=True)) == kept


def test_what_is_used_again_is_kept_for_another_ninety_days():
    for days in (0, 80, 160):
        heights.remember({"row 1": "key"}, {"key": [Sized(10.0)]}, MONDAY + days * DAY)

    assert Measured.objects.count() == 1
