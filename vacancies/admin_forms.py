"""The forms of the back office: what they fill in, what they refuse, and how they take dates as schools write them."""

import re

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AdminTimeWidget
from django.utils import timezone

from . import booking, defaults, wording
from .models import Break, PayUnit, Status, Vacancy, calendar
from .problems import not_a_publication_day, stopping
from .review import holidays_around, review_one
from .stale import StaleSave

DATE_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%a %d %b %Y"]
TIME_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%I %p"]
BODY_LIMIT = 200_000
FULL_TIME_HOURS = 37


class PastedDateField(forms.DateField):
    """Understands a date as schools write it, such as ``Tuesday 12th May 2026``."""

    widget = AdminDateWidget

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": DATE_FORMATS, **kwargs})
        self.error_messages["invalid"] = "Enter a date such as 12/05/2026 or 12 May 2026."

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"(\d)(st|nd|rd|th)\b", r"\1", value.replace(",", " "), flags=re.IGNORECASE)
            value = " ".join(value.split())
        return super().to_python(value)


class PastedTimeField(forms.TimeField):
    """Understands ``noon``, ``midnight``, ``3.15pm`` and ``9am``."""

    widget = AdminTimeWidget
    WORDS = {"noon": "12:00", "midday": "12:00", "12noon": "12:00", "12midday": "12:00", "midnight": "23:59"}

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": TIME_FORMATS, **kwargs})
        self.error_messages["invalid"] = "Enter a time such as 12:00, 3.15pm or noon."

    def to_python(self, value):
        if isinstance(value, str):
            text = re.sub(r"\s+", "", value.lower().replace("a.m.", "am").replace("p.m.", "pm"))
            value = self.WORDS.get(text, text)
        return super().to_python(value)


class MomentField(forms.SplitDateTimeField):
    widget = AdminSplitDateTime

    def __init__(self, **kwargs):
        forms.MultiValueField.__init__(self, (PastedDateField(required=False), PastedTimeField(required=False)), **kwargs)
        self.error_messages["invalid_date"] = "Enter the date too, such as 12/05/2026."
        self.error_messages["invalid_time"] = "Enter the time too, such as 12:00 or noon."


class VacancyForm(StaleSave, forms.ModelForm):
    """A draft needs a title and a school; approving needs an advert without stopping problems."""

    in_bulletin = forms.BooleanField(
        label="Print it in the bulletin", required=False, initial=True, help_text="Clear the tick for the website only."
    )

    class Meta:
        model = Vacancy
        # The admin adds the fields of its fieldsets. ``status`` is never typed: it is changed by approving.
        fields = ["school", "title"]
        field_classes = {
            "publish_on": PastedDateField,
            "print_from": PastedDateField,
            "print_until": PastedDateField,
            "starts_on": PastedDateField,
            "closes_at": MomentField,
        }
        widgets = {"safeguarding_text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, at=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.reverting:
            # An old version brings back words, not the decision to publish or to withdraw.
            self.instance.status = Vacancy.objects.values_list("status", flat=True).get(pk=self.instance.pk)
        self.at = at or timezone.now()
        self.calendar = calendar()
        self.found = None
        for name in ("posts", "pay_unit", "full_time_hours"):
            if name in self.fields:
                self.fields[name].required = False
        if "publish_on" in self.fields:
            self._offer_dates()

    @property
    def approving(self) -> bool:
        return "_approve" in self.data or self.instance.status == Status.APPROVED

    @property
    def problems(self):
        """For the panel: of what was typed when the form was sent, else of what is stored; None for a blank form."""
        if self.found is None and not self.is_bound and self.instance.pk:
            self.found = review_one(self.instance, self.calendar, self.at)
        return self.found

    @property
    def problem_links(self):
        """Each problem with the id of the box that puts it right; none on a page that may only be read."""
        return [
            (problem, self[problem.field].id_for_label if problem.field in self.fields else "") for problem in self.problems or []
        ]

    def _offer_dates(self):
        monday = defaults.next_edition(self.calendar, self.at)
        if not self.instance.pk:
            self.initial.setdefault("publish_on", monday)
        elif not self.instance.publish_on:
            self.initial["publish_on"] = monday
        self.fields["in_bulletin"].initial = not self.instance.publish_on or self.instance.print_from is not None
        publish_on = self.instance.publish_on or monday
        if publish_on:
            usual = defaults.closing(publish_on, self.calendar, holidays_around(self.at))
            self.fields["closes_at"].help_text = f"Usual for this edition: {wording.moment_text(usual)}."
            self.usual_closing = usual
            if not self.calendar.is_publication_day(publish_on):
                self.fields["publish_on"].help_text = not_a_publication_day(publish_on, self.calendar)

    def clean_posts(self):
        return self.cleaned_data["posts"] or 1

    def clean_pay_unit(self):
        return self.cleaned_data["pay_unit"] or PayUnit.YEAR

    def clean_full_time_hours(self):
        return self.cleaned_data["full_time_hours"] or FULL_TIME_HOURS

    def clean_body(self):
        body = self.cleaned_data["body"]
        if len(body) > BODY_LIMIT:
            raise forms.ValidationError(
                f"This text has {len(body):,} characters; {BODY_LIMIT:,} are the most. Pictures may have come along with it: "
                "paste it again as plain text."
            )
        return body

    def clean(self):
        data = super().clean()
        self._in_order("pay_min", "pay_max", "The full-time pay is less than the one it starts from.")
        self._in_order("actual_pay_min", "actual_pay_max", "The actual pay is less than the one it starts from.")
        fte = data.get("fte")
        if fte is not None and not 0 < fte <= 1:
            self.add_error("fte", "Full time is 1, half time 0.5: enter a number above 0 and not above 1.")
        self._fill_print_days(data)
        self._in_order("print_from", "print_until", "The last edition is before the first.")
        return data

    def _in_order(self, low, high, sentence):
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if first is not None and last is not None and last < first:
            self.add_error(high, sentence)

    def _fill_print_days(self, data):
        if not data.get("in_bulletin"):
            data["print_from"] = data["print_until"] = None
            return
        if not data.get("print_from") and data.get("publish_on") and not self.errors.get("print_from"):
            data["print_from"] = next(iter(defaults.print_days(data["publish_on"], self.calendar) or ()), None)
        if not data.get("print_until") and not self.errors.get("print_until"):
            data["print_until"] = data.get("print_from")
        if data.get("print_until") and not data.get("print_from"):
            data["print_from"] = data["print_until"]

    def _post_clean(self):
        """The problems are those of the advert as it would be stored, so the instance must have been filled in first."""
        super()._post_clean()
        if self.approving:
            self.instance.status = Status.APPROVED
        if self.instance.school_id:
            self.found = review_one(self.instance, self.calendar, self.at)
        if self.approving:
            for problem in stopping(self.found or []):
                if problem.field in self.fields and not self.has_error(problem.field):
                    self.add_error(problem.field, problem.sentence)


class BreakForm(forms.ModelForm):
    """Adding a break under booked adverts lists them and asks what is to become of them (rule 3)."""

    what_of_adverts = forms.ChoiceField(
        label="What is to become of them?",
        choices=[("move", "Move them to the next edition"), ("leave", "Leave them as they are")],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Break
        fields = ["on", "reason"]
        field_classes = {"on": PastedDateField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.booked = Vacancy.objects.none()

    @property
    def moves(self) -> bool:
        return self.cleaned_data.get("what_of_adverts") == "move"

    def clean(self):
        data = super().clean()
        on = data.get("on")
        if on is None or "on" not in self.changed_data:
            return data
        self.booked = Vacancy.objects.booked_for(on).select_related("school").order_by("pk")
        if not self.booked.exists():
            return data
        if not data.get("what_of_adverts"):
            self.add_error("what_of_adverts", f"Adverts are booked for {wording.long_day(on)}. Choose what is to become of them.")
        elif data["what_of_adverts"] == "move" and self._following(on) is None:
            self.add_error("what_of_adverts", "No edition follows: enter the next term first, or leave them as they are.")
        return data

    def _following(self, on):
        return calendar().next_on(on + booking.DAY)
