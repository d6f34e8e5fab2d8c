"""Editions and their bulletins at the desk."""

from .bulletins import BulletinAdmin
from .editions import EditionAdmin

__all__ = ["BulletinAdmin", "EditionAdmin"]
