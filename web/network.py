"""Where a request comes from, for counting only: nothing keeps it but the keyed hash of a limit."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def place_of(request: HttpRequest) -> str:
    """The visitor's network: an IPv4 address, or the /64 of an IPv6 one, within which a visitor can change at will."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    text = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    return str(address if address.version == 4 else ip_network(f"{address}/64", strict=False))
