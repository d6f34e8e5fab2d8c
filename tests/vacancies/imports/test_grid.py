import pytest

from vacancies.imports.grid import latitude_longitude


@pytest.mark.parametrize(
    ("easting", "northing", "latitude", "longitude"),
    [
        (651_409.903, 313_177.270, 52.65798, 1.71605),  # the Ordnance Survey's own worked example
        (530_268, 179_641, 51.50070, -0.12463),  # the clock tower at Westminster
        (358_000, 173_000, 51.4547, -2.6059),  # Bristol
        (216_650, 771_250, 56.7966, -5.0040),  # Ben Nevis
    ],
)
def test_a_place_on_the_grid_is_the_place_on_the_map(easting, northing, latitude, longitude):
    assert latitude_longitude(easting, northing) == pytest.approx((latitude, longitude), abs=0.0006)
