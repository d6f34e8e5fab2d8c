"""Fields for what staff write: a text with formatting, or one plain line. Both are cleaned on their way into the database."""

from django.db import models

from .cleaning import ADVERT, Grammar, clean
from .forms import HtmlFormField
from .plain import one_line


class Cleaned(str):
    """What a field has cleaned, so that one save cleans once. Whatever is done to it gives a plain ``str``, which is not."""

    grammar: Grammar


class HtmlField(models.TextField):
    """A TextField whose value is always clean HTML of one small grammar.

    Cleaning happens in ``pre_save`` and ``get_db_prep_save``, so that ``bulk_create`` and ``update()`` are covered; not in
    ``get_prep_value``, which would rewrite lookups. Migrations see a plain TextField: no migration names the editor.
    """

    def __init__(self, *args, grammar: Grammar = ADVERT, **kwargs):
        self.grammar = grammar
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        value = self._cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        cleaned = self._cleaned(value)
        return super().get_db_prep_save(str(cleaned) if isinstance(cleaned, Cleaned) else cleaned, connection)

    def formfield(self, **kwargs):
        return super().formfield(**{**kwargs, "form_class": HtmlFormField, "grammar": self.grammar})

    def _cleaned(self, value):
        if not isinstance(value, str) or (isinstance(value, Cleaned) and value.grammar == self.grammar):
            return value
        cleaned = Cleaned(clean(value, self.grammar))
        cleaned.grammar = self.grammar
        return cleaned


class LineField(models.CharField):
    """A CharField without what nobody sees: one vertical tab of Word's in a title, and no feed could be written.

    ``to_python`` stands in the way of every form and every statement alike. Migrations see a plain CharField.
    """

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return one_line(value) if isinstance(value, str) else value
