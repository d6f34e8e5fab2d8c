"""The hashed names of static files. A page does without one rather than fail: the plain name leads to the same file."""

import logging
from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

logger = logging.getLogger(__name__)


class ForgivingStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise ships no types
    """With the list of names missing, unreadable or too old, every page would fail, and the page that says so with it."""

    _has_complained = False

    def load_manifest(self) -> tuple[dict[str, str], str]:
        try:
            files, digest = super().load_manifest()
        except (OSError, ValueError):
            return {}, ""
        return files, digest

    def stored_name(self, name: str) -> str:
        """One name that is missing is no fault: WhiteNoise asks for names that only look hashed."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            if not self.hashed_files and not self._has_complained:
                self._has_complained = True
                logger.error("No list of static files can be read: run manage.py collectstatic")
            return name


class StaticFilesMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]  # WhiteNoise ships no types
    """Serves every gathered file but the list of them, which tells strangers which versions of what are installed."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if not url.endswith(f"/{ForgivingStorage.manifest_name}"):
            super().add_file_to_dictionary(url, path, stat_cache=stat_cache)
