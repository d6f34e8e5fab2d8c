"""``key__among=keys`` finds what ``key__in=keys`` finds, and names one value however many keys there are.

For lists that grow with content: SQLite refuses a statement that names too many values, and Django's own way of fetching what
rows point to nests one condition for each, of which SQLite takes a thousand.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Lookup
from django.db.models.sql.compiler import SQLCompiler

ANY_OF = {"sqlite": "IN (SELECT value FROM json_each({}))", "postgresql": "= ANY({})"}


@Field.register_lookup
class Among(Lookup):
    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        keys = [self.lhs.output_field.get_db_prep_value(key, connection, prepared=False) for key in value]
        return "%s", [json.dumps(keys) if connection.vendor == "sqlite" else keys]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} {ANY_OF[connection.vendor].format(right)}", [*left_params, *right_params]
