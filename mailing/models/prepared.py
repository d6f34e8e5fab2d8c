"""An UPDATE that Django makes once and the database then runs for each email.

Django takes five times as long to make one as the database to run it, and while one connection makes one, the others wait.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import Any, cast

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql import UpdateQuery


class Place(Enum):
    """What differs from email to email; ``Value(Place.KEY)`` stands for it where the UPDATE is made."""

    KEY = auto()
    CLAIMED_AT = auto()
    SENT_AT = auto()


class Update:
    """``rows.update(**changes)``, made ready for the database in use."""

    def __init__(self, rows: QuerySet[Model], **changes: object):
        query = cast(UpdateQuery, rows.query.chain(UpdateQuery))
        query.add_update_values(changes)
        self._sql, self._params = query.get_compiler(connection=connection).as_sql()

    def run(self, own: Mapping[Place, object]) -> int:
        """How many rows it changed, with each place taken by the value that is given for it: a key, or an aware datetime."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [_adapted(own[value]) if isinstance(value, Place) else value for value in self._params])
            return int(cursor.rowcount)


def _adapted(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
