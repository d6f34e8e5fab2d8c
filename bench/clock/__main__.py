"""``manage.py`` under another clock: ``python -m bench.clock worker --interval 1``."""

import sys

from django.core.management import execute_from_command_line

from . import set_clock

set_clock()
execute_from_command_line(["manage.py", *sys.argv[1:]])
