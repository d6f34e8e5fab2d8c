from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.template.defaultfilters import pluralize

from .. import bank_holidays
from ..editing import booking
from ..editing.forms import BreakForm
from ..models import Break, Term, calendar


class WithEditions(ChangeList):
    """Counts the Mondays of all listed terms with one calendar."""

    def get_results(self, request):
        super().get_results(request)
        days = calendar()
        for term in self.result_list:
            term.editions = len(list(days.mondays(term.starts_on, term.ends_on)))


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ["name", "starts_on", "ends_on", "editions"]
    search_fields = ["name"]

    def get_changelist(self, request, **kwargs):
        return WithEditions

    @admin.display(description="editions")
    def editions(self, term):
        return term.editions


@admin.register(Break)
class BreakAdmin(admin.ModelAdmin):
    form = BreakForm
    fields = ["on", "reason"]  # what is to become of booked adverts is asked below their list, once there are some
    list_display = ["on", "reason", "bank_holiday"]
    search_fields = ["reason"]
    date_hierarchy = "on"

    @admin.display(description="bank holiday")
    def bank_holiday(self, row):
        return bank_holidays.between(row.on, row.on).get(row.on, "")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not form.moves:
            return
        adverts = list(form.booked)
        left = booking.move_out_of_break(adverts, obj.on, calendar())
        if len(adverts) > len(left):
            moved = len(adverts) - len(left)
            self.message_user(request, f"{moved} advert{pluralize(moved)} moved to the next edition.")
        if left:
            names = ", ".join(map(str, left))
            self.message_user(request, f"Left where they were, because they close before it: {names}.", messages.WARNING)
