"""Finds the apps' static files for ``collectstatic`` without the part of the editor that nobody asks for."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

from .editor import is_published


class LeanAppDirectoriesFinder(AppDirectoriesFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        return (found for found in super().list(ignore_patterns) if is_published(found[0]))
