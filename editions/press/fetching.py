"""The only way by which the press reads a file: our fonts by name, and the pictures laid out for this one job.

Nothing else is fetched: no request leaves the process, and no file outside the two folders is opened, whatever an advert says.
"""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import segno
from weasyprint.urls import URLFetcher, URLFetcherResponse

KINDS = {".css": "text/css", ".ttf": "font/ttf", ".png": "image/png", ".icc": "application/vnd.iccprofile"}


class FetchRefused(ValueError):
    """An address that the press refuses to read."""


class PressFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint says no types
    """``static:`` names a file under our static root, ``job:crests/`` a prepared crest, ``job:qr/`` a reference's QR code."""

    def __init__(self, static_root: Path, crests: Path, address: str):
        super().__init__(allowed_protocols={"static", "job"}, allow_redirects=False)
        self.roots = {"static": static_root.resolve(), "crests": crests.resolve()}
        self.address = address
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        kind, _, name = unquote(parts.path).partition("/") if parts.scheme == "job" else (parts.scheme, "", unquote(parts.path))
        if kind == "qr":
            return URLFetcherResponse(url, qr_code(self.address, name), {"Content-Type": "image/png"})
        if kind not in self.roots:
            self.refused.append(url[:200])
            raise FetchRefused(f"The press does not read {url[:200]}")
        path = inside(self.roots[kind], name)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS.get(path.suffix, "")})


def inside(root: Path, name: str) -> Path:
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise FetchRefused(f"{name} is outside {root}")
    return path


def qr_code(site: str, name: str) -> bytes:
    """One grey pixel per module: the stylesheet scales it up without smoothing.

    A reference is put in capitals, and its site with it, which makes the code two sizes smaller; other paths are as they are.
    The scheme is part of it: without one, many a telephone shows a text instead of opening a page.
    """
    address = f"{site.upper()}/{name}" if name.isupper() else f"{site}/{name}"
    out = BytesIO()
    segno.make(address, error="l", boost_error=False, micro=False).save(out, kind="png", border=0)
    return out.getvalue()
