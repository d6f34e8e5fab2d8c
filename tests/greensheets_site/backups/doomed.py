"""A backup or restore that kills itself: ``python -m tests.greensheets_site.backups.doomed MEDIA PLACE STEP COUNT COMMAND...``"""

import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings
from django.core.management import call_command

from tests.doomed import doom


def main(media: str, place: str, step: str, when: str, count: str, *command: str) -> None:
    settings.MEDIA_ROOT, settings.BACKUPS, settings.VAR_DIR = Path(media), place, Path(place).parent / "var"
    django.setup()
    doom(step, when, int(count))
    call_command(*command)


if __name__ == "__main__":
    main(*sys.argv[1:])
