"""Fields for what staff write: a text with formatting, or one plain line. Both are cleaned on their way into the database."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.forms import Field

from .cleaning import ADVERT, Grammar, clean
from .forms import HtmlFormField
from .plain import one_line

# What an attribute of a model takes and gives. Django's fields are generic for a type checker only.
if TYPE_CHECKING:
    _Text = models.TextField[str | Combinable, str]
    _Line = models.CharField[str | Combinable, str]
else:
    _Text, _Line = models.TextField, models.CharField
# What ``deconstruct`` gives: name, path, arguments and named arguments.
_Parts = tuple[str, str, Sequence[Any], dict[str, Any]]


class Cleaned(str):
    """What a field has cleaned, so that one save cleans once. Whatever is done to it gives a plain ``str``, which is not."""

    grammar: Grammar


class HtmlField(_Text):
    """A TextField whose value is always clean HTML of one small grammar.

    Cleaning happens in ``pre_save`` and ``get_db_prep_save``, so that ``bulk_create`` and ``update()`` are covered; not in
    ``get_prep_value``, which would rewrite lookups. Migrations see a plain TextField: no migration names the editor.
    """

    def __init__(self, *args: Any, grammar: Grammar = ADVERT, **kwargs: Any) -> None:
        self.grammar = grammar
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> _Parts:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        cleaned = self._cleaned(value)
        return super().get_db_prep_save(str(cleaned) if isinstance(cleaned, Cleaned) else cleaned, connection)

    def formfield(self, **kwargs: Any) -> Field | None:
        return super().formfield(**{**kwargs, "form_class": HtmlFormField, "grammar": self.grammar})

    def _cleaned(self, value: Any) -> Any:
        if not isinstance(value, str) or (isinstance(value, Cleaned) and value.grammar == self.grammar):
            return value
        cleaned = Cleaned(clean(value, self.grammar))
        cleaned.grammar = self.grammar
        return cleaned


class LineField(_Line):
    """A CharField without invisible characters: one of Word's vertical tabs in a title would break every feed.

    ``to_python`` stands in the way of every form and every statement alike. Migrations see a plain CharField.
    """

    def deconstruct(self) -> _Parts:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value
