from typing import Any, cast

from django.contrib.admin import ListFilter, SimpleListFilter
from django.contrib.admin.filters import FacetsMixin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest


class CountedTogether(ChangeList):
    """Counts the rows behind every choice of every filter in one query, where Django asks one for each filter."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if self.add_facets:
            self._count(request)

    def _count(self, request: HttpRequest) -> None:
        specs, is_narrowed = self.filter_specs, bool(self.params or self.query)
        wanted = {}
        for number, spec in enumerate(specs):
            among = self._without(spec, request)
            for name, count in cast(FacetsMixin, spec).get_facet_counts(self.lookup_opts.pk.attname, among).items():
                if is_narrowed and not isinstance(spec, SimpleListFilter):  # Those look among the rows that they are given.
                    count.filter &= Q(pk__in=among)
                wanted[f"{number}_{name}"] = count
        self.filter_specs = specs  # Django makes new ones whenever it is asked for rows
        found = self.root_queryset.aggregate(**wanted)
        for number, spec in enumerate(specs):
            own = {name.partition("_")[2]: count for name, count in found.items() if name.startswith(f"{number}_")}
            spec.get_facet_queryset = lambda changelist, own=own: own  # type: ignore[attr-defined]  # FacetsMixin's

    def _without(self, spec: ListFilter, request: HttpRequest) -> QuerySet[Any]:
        """The rows as all other filters leave them: what a choice of this one would choose from."""
        own = spec.expected_parameters()
        return self.get_queryset(request, exclude_parameters=own) if self.params.keys() & {*own} else self.queryset
