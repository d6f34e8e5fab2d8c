"""The grid held against known places, and against the way back: from the map to the grid by other formulas than the Survey's."""

from math import atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt

import pytest

from vacancies.imports.grid import latitude_longitude

AIRY, WGS84 = (6_377_563.396, 6_356_256.909), (6_378_137.0, 6_356_752.314_245)


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


def test_the_surveys_own_example_comes_out_to_the_metre():
    assert latitude_longitude(651_409.903, 313_177.270) == pytest.approx((52.65798, 1.71605), abs=0.000_011)


def shifted(latitude, longitude):
    """From WGS 84 to OSGB 36 by the Survey's seven figures, at the level of the sea."""
    (major, minor), sine = WGS84, sin(latitude)
    squared = 1 - (minor / major) ** 2
    nu = major / sqrt(1 - squared * sine**2)
    x, y, z = nu * cos(latitude) * cos(longitude), nu * cos(latitude) * sin(longitude), (1 - squared) * nu * sine
    scale, (rx, ry, rz) = 1 + 20.4894e-6, (radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
    x, y, z = (
        -446.448 + scale * x - rz * y + ry * z,
        125.157 + rz * x + scale * y - rx * z,
        -542.060 - ry * x + rx * y + scale * z,
    )
    (major, minor), across = AIRY, hypot(x, y)
    squared, latitude = 1 - (minor / major) ** 2, atan2(z, across)
    for _ in range(12):
        latitude = atan2(z + squared * major * sin(latitude) / sqrt(1 - squared * sin(latitude) ** 2), across)
    return latitude, atan2(y, x)


def projected(latitude, from_middle):
    """East and north of where the equator meets the middle meridian, by Krüger's series."""
    major, minor = AIRY
    n = (major - minor) / (major + minor)
    series = (n / 2 - 2 / 3 * n**2 + 5 / 16 * n**3, 13 / 48 * n**2 - 3 / 5 * n**3, 61 / 240 * n**3)
    bend, sine = 2 * sqrt(n) / (1 + n), sin(latitude)
    t = sinh(atanh(sine) - bend * atanh(bend * sine))
    xi, eta = atan2(t, cos(from_middle)), atanh(sin(from_middle) / sqrt(1 + t**2))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(series, start=1))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(series, start=1))
    scaled = 0.999_601_271_7 * major / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    return scaled * east, scaled * north


def on_the_grid(latitude, longitude):
    latitude, longitude = shifted(radians(latitude), radians(longitude))
    east, north = projected(latitude, longitude - radians(-2))
    return 400_000 + east, -100_000 + north - projected(radians(49), 0)[1]


@pytest.mark.parametrize("easting", [90_000, 250_000, 400_000, 550_000, 655_000])
@pytest.mark.parametrize("northing", [10_000, 200_000, 500_000, 1_210_000])
def test_from_the_map_every_place_goes_back_to_where_it_was_on_the_grid(easting, northing):
    assert on_the_grid(*latitude_longitude(easting, northing)) == pytest.approx((easting, northing), abs=1)
