"""Editions and their bulletins at the desk."""

from .editions import EditionAdmin
from .one_bulletin import BulletinAdmin

__all__ = ["BulletinAdmin", "EditionAdmin"]
