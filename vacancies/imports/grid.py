"""From the Ordnance Survey's eastings and northings to the latitude and longitude that maps and distances use.

The two conversions are the Survey's own: the inverse Transverse Mercator projection of the National Grid, then the seven-figure
shift from the Airy ellipsoid (OSGB 36) to WGS 84, which is good to about five metres.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

AIRY = 6_377_563.396, 6_356_256.909
WGS84 = 6_378_137.0, 6_356_752.314_2
SCALE, LATITUDE_0, LONGITUDE_0 = 0.999_601_271_7, radians(49), radians(-2)
EASTING_0, NORTHING_0 = 400_000, -100_000
SHIFT = 446.448, -125.157, 542.060
SCALE_CHANGE = -20.4894e-6
ROTATION = radians(0.1502 / 3600), radians(0.2470 / 3600), radians(0.8421 / 3600)


def latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """In degrees, to five decimal places, which is a metre."""
    latitude, longitude = _from_cartesian(*_shifted(*_to_cartesian(*_unprojected(easting, northing))))
    return round(degrees(latitude), 5), round(degrees(longitude), 5)


def _unprojected(easting: float, northing: float) -> tuple[float, float]:
    major, minor = AIRY
    squared = 1 - (minor / major) ** 2
    latitude, arc = LATITUDE_0, 0.0
    while abs(northing - NORTHING_0 - arc) >= 0.000_01:
        latitude += (northing - NORTHING_0 - arc) / (major * SCALE)
        arc = _meridional_arc(latitude)
    sine, tangent, secant = sin(latitude), tan(latitude), 1 / cos(latitude)
    nu = major * SCALE / sqrt(1 - squared * sine**2)
    rho = major * SCALE * (1 - squared) / (1 - squared * sine**2) ** 1.5
    eta = nu / rho - 1
    t2, t4, t6, d = tangent**2, tangent**4, tangent**6, easting - EASTING_0
    vii = tangent / (2 * rho * nu)
    viii = tangent / (24 * rho * nu**3) * (5 + 3 * t2 + eta - 9 * t2 * eta)
    ix = tangent / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t4)
    x = secant / nu
    xi = secant / (6 * nu**3) * (nu / rho + 2 * t2)
    xii = secant / (120 * nu**5) * (5 + 28 * t2 + 24 * t4)
    xiia = secant / (5040 * nu**7) * (61 + 662 * t2 + 1320 * t4 + 720 * t6)
    return latitude - vii * d**2 + viii * d**4 - ix * d**6, LONGITUDE_0 + x * d - xi * d**3 + xii * d**5 - xiia * d**7


def _meridional_arc(latitude: float) -> float:
    major, minor = AIRY
    n = (major - minor) / (major + minor)
    difference, total = latitude - LATITUDE_0, latitude + LATITUDE_0
    return (
        minor
        * SCALE
        * (
            (1 + n + 1.25 * (n**2 + n**3)) * difference
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(difference) * cos(total)
            + 1.875 * (n**2 + n**3) * sin(2 * difference) * cos(2 * total)
            - 35 / 24 * n**3 * sin(3 * difference) * cos(3 * total)
        )
    )


def _to_cartesian(latitude: float, longitude: float) -> tuple[float, float, float]:
    major, minor = AIRY
    squared = 1 - (minor / major) ** 2
    nu = major / sqrt(1 - squared * sin(latitude) ** 2)
    return nu * cos(latitude) * cos(longitude), nu * cos(latitude) * sin(longitude), (1 - squared) * nu * sin(latitude)


def _shifted(x: float, y: float, z: float) -> tuple[float, float, float]:
    (tx, ty, tz), (rx, ry, rz), scale = SHIFT, ROTATION, 1 + SCALE_CHANGE
    return tx + scale * x - rz * y + ry * z, ty + rz * x + scale * y - rx * z, tz - ry * x + rx * y + scale * z


def _from_cartesian(x: float, y: float, z: float) -> tuple[float, float]:
    major, minor = WGS84
    squared = 1 - (minor / major) ** 2
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - squared))
    for _ in range(6):
        nu = major / sqrt(1 - squared * sin(latitude) ** 2)
        latitude = atan2(z + squared * nu * sin(latitude), across)
    return latitude, atan2(y, x)
