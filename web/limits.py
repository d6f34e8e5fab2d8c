"""How somebody is told that a limit is reached: in words on the page, and in a way that programs understand."""

import math
from datetime import timedelta
from typing import TypeVar

from django.http import HttpResponse

Answer = TypeVar("Answer", bound=HttpResponse)


def slowed(response: Answer, within: timedelta) -> Answer:
    response.status_code = 429
    response.headers["Retry-After"] = str(math.ceil(within.total_seconds()))
    return response
