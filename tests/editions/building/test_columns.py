"""One advert as the press sets it, for the preview."""

from io import BytesIO

import pytest
from PIL import Image

from editions import rules
from editions.building import columns, rendering
from tests.builders import a_school, a_vacancy
from vacancies.models import RoleType, Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def picture(vacancy):
    return Image.open(BytesIO(columns.picture(vacancy)))


def test_an_advert_stored_or_not_is_a_picture_as_wide_as_a_column_and_as_high_as_its_text():
    long = a_vacancy("Cook", body="<p>Another paragraph of the text of this advert stands here.</p>" * 60)
    unsaved = Vacancy(pk=0, title="Teacher", school=a_school(), role_type=RoleType.objects.first(), body="<p>Text</p>")
    first, second = picture(unsaved), picture(long)
    assert first.format == "PNG"
    assert first.width == second.width == pytest.approx(87.5 / 25.4 * 72 * 2.2, abs=2)
    assert second.height > first.height + 1000
    assert Vacancy.objects.count() == 1


def test_an_advert_that_cannot_be_set_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(rules, "PRESS_SECONDS", 0)
    monkeypatch.setattr(columns, "SECONDS", 0)
    with pytest.raises(rendering.PressFailed, match="stopped"):
        columns.picture(a_vacancy())
