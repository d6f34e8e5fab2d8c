"""Another time for whole processes: ``CLOCK_AT`` is what it was at ``CLOCK_FROM`` (seconds since 1970), going on from there."""

import os
import time
from datetime import datetime, timedelta

import time_machine


def set_clock() -> None:
    passed = timedelta(seconds=time.time() - float(os.environ["CLOCK_FROM"]))
    time_machine.travel(datetime.fromisoformat(os.environ["CLOCK_AT"]) + passed, tick=True).start()
