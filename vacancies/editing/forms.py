"""The forms of the back office: what they fill in and what they refuse."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from web.quantities import period

from .. import rules, wording
from ..models import Break, PayUnit, Status, Term, Vacancy, VacancyQuerySet, calendar
from ..schedule import DAY
from . import defaults
from .edit_conflict import StaleSave
from .fields import BOX_OF, LABELS, refused_numbers
from .pasted_fields import PastedDateField
from .problems import Problem, Severity, not_a_publication_day, stopping
from .review import holidays_around, review_one

ACTUAL_PAY = ("actual_pay_min", "actual_pay_max")


class VacancyForm(StaleSave, forms.ModelForm):
    """A draft needs a title and a school; approving needs an advert without stopping problems."""

    instance: Vacancy
    stored: Vacancy | None

    in_bulletin = forms.BooleanField(
        label="Print it in the bulletin", required=False, initial=True, help_text="Untick to publish it on the website only."
    )

    class Meta:
        model = Vacancy
        # The admin adds the fields of its fieldsets. ``status`` is never typed: it is changed by approving.
        fields = ["school", "title"]
        field_classes = BOX_OF
        labels = LABELS
        widgets = {"safeguarding_text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.reverting:
            # An old version brings back words, not the decision to publish or to withdraw.
            self.instance.status = Vacancy.objects.values_list("status", flat=True).get(pk=self.instance.pk)
        self.at = at or timezone.now()
        self.calendar = calendar()
        self.found: list[Problem] | None = None
        self.worked_out: list[str] = []
        for name in ("posts", "pay_unit", "full_time_hours"):
            if name in self.fields:
                self.fields[name].required = False
        if "publish_on" in self.fields:
            self._offer_dates()
        if "contact_name" in self.fields:
            self.fields["contact_name"].help_text = f"Removed {period(rules.CONTACT_KEPT_FOR)} after the advert has closed."

    @property
    def approving(self) -> bool:
        return "_approve" in self.data or self.instance.status == Status.APPROVED

    @property
    def problems(self) -> list[Problem] | None:
        """For the panel: problems of what was typed if the form was sent, otherwise of what is stored; None for a blank form."""
        if self.found is None and not self.is_bound and self.instance.pk:
            self.found = review_one(self.instance, self.calendar, self.at)
        if self.is_bound and self.needed:
            return [*self.needed, *(self.found or [])]
        return self.found

    @property
    def needed(self) -> list[Problem]:
        """What even a draft cannot do without."""
        sentences = {"school": "Choose the school.", "title": "Enter the title of the post."}
        typed = {"school": self.instance.school_id, "title": self.instance.title}
        return [Problem(name, Severity.ERROR, sentence) for name, sentence in sentences.items() if not typed[name]]

    @property
    def problem_links(self) -> list[tuple[Problem, str]]:
        """Each problem with the id of the box that fixes it; no id on a read-only page."""
        return [(problem, self._anchor(problem.field) if problem.field in self.fields else "") for problem in self.problems or []]

    def _anchor(self, name: str) -> str:
        """A moment has two boxes and no label of its own; this is the first of them."""
        return self[name].id_for_label or f"{self[name].auto_id}_0"

    def _offer_dates(self) -> None:
        monday = defaults.next_edition(self.calendar, self.at)
        if not self.instance.pk:
            self.initial.setdefault("publish_on", monday)
        elif not self.instance.publish_on:
            self.initial["publish_on"] = monday
        self.fields["in_bulletin"].initial = not self.instance.publish_on or self.instance.print_from is not None
        publish_on = self.instance.publish_on or monday
        if publish_on:
            usual = wording.moment_text(self.usual_closing(publish_on))
            self.fields["closes_at"].help_text = f"Usual for this edition: {usual}."
            if not self.calendar.is_publication_day(publish_on):
                self.fields["publish_on"].help_text = not_a_publication_day(publish_on, self.calendar)

    def usual_closing(self, publish_on: date) -> datetime:
        return defaults.usual_closing(publish_on, self.calendar, holidays_around(self.at))

    def clean_posts(self) -> int:
        return self.cleaned_data["posts"] or 1

    def clean_pay_unit(self) -> str:
        return self.cleaned_data["pay_unit"] or PayUnit.YEAR

    def clean_full_time_hours(self) -> Decimal:
        return self.cleaned_data["full_time_hours"] or defaults.full_time_hours(self.cleaned_data.get("role_type"))

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if len(body) > rules.LONGEST_TEXT:
            raise forms.ValidationError(
                f"This text is {len(body):,} characters long; the most is {rules.LONGEST_TEXT:,}. "
                "If pictures came along with it, paste it again as plain text."
            )
        return body

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, sentence in refused_numbers(data):
            self.add_error(name, sentence)
        self._in_order("pay_min", "pay_max", "The top of the full-time pay range is below the bottom.")
        self._in_order("actual_pay_min", "actual_pay_max", "The top of the actual pay range is below the bottom.")
        self._fill_print_days(data)
        self._in_order("print_from", "print_until", "The last edition comes before the first.")
        return data

    def _in_order(self, low: str, high: str, sentence: str) -> None:
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if first is not None and last is not None and last < first:
            self.add_error(high, sentence)

    def _fill_print_days(self, data: dict[str, Any]) -> None:
        if not data.get("in_bulletin"):
            data["print_from"] = data["print_until"] = None
            return
        if not data.get("print_from") and data.get("publish_on") and not self.errors.get("print_from"):
            data["print_from"] = next(iter(defaults.print_days(data["publish_on"], self.calendar) or ()), None)
        if not data.get("print_until") and not self.errors.get("print_until"):
            data["print_until"] = data.get("print_from")
        if data.get("print_until") and not data.get("print_from"):
            data["print_from"] = data["print_until"]

    def _post_clean(self) -> None:
        """The problems are those of the advert as it would be stored, so the instance must be filled in first."""
        super()._post_clean()  # type: ignore[misc]  # Django's types leave it out
        if not self.reverting and "actual_pay_min" in self.fields:
            self._work_out_actual_pay()
        if self.instance.school_id:
            self.found = review_one(self.instance, self.calendar, self.at)
        if self.approving:
            self.instance.status = Status.APPROVED
            for problem in stopping(self.found or []):
                if problem.field in self.fields and not self.has_error(problem.field):
                    self.add_error(problem.field, problem.sentence)

    def _work_out_actual_pay(self) -> None:
        """What staff typed wins; an empty box, and a figure that was worked out before, follow the hours and weeks (rule 6)."""
        before = defaults.suggested_pay(self.stored) if self.stored else (None, None)
        sums = dict(zip(ACTUAL_PAY, zip(defaults.suggested_pay(self.instance), before, strict=True), strict=True))
        ours = {field: now for field, (now, earlier) in sums.items() if now and self._is_ours(field, now, earlier)}
        pay = {field: getattr(self.instance, field) for field in ACTUAL_PAY} | {field: sum.amount for field, sum in ours.items()}
        low, high = pay.values()
        # Beside a figure that somebody typed, ours must not turn the range upside down.
        if low is not None and high is not None and high < low:
            return
        for field, sum in ours.items():
            if getattr(self.instance, field) != sum.amount:
                self.worked_out.append(f"{self.fields[field].label}, worked out: {sum.sum}.")
                setattr(self.instance, field, sum.amount)

    def _is_ours(self, field: str, now: defaults.PaySum, earlier: defaults.PaySum | None) -> bool:
        """Whether the form should work out a box's figure: wanted, a share of full-time pay, and not typed by anybody."""
        post, typed = self.instance, self.cleaned_data.get(field)
        is_range = post.pay_max is not None and post.pay_max != post.pay_min
        wanted = post.is_reduced and (field == "actual_pay_min" or is_range) and not self.errors.get(field)
        was_ours = earlier is not None and typed == earlier.amount == getattr(self.stored, field)
        most = post.pay_max or post.pay_min
        return wanted and most is not None and 0 < now.amount <= most and (typed is None or was_ours)


class TermForm(forms.ModelForm):
    are_right = forms.BooleanField(
        label="These dates are right",
        required=False,
        help_text="A proposal: no edition comes out in this term until you tick this. The Mondays without an edition that were "
        "proposed with it, such as half-term, then count too: look at them under Breaks first.",
    )

    class Meta:
        model = Term
        fields = ["name", "starts_on", "ends_on"]


class BreakForm(forms.ModelForm):
    """Adding a break under booked adverts lists them and asks what should happen to them (rule 3)."""

    instance: Break

    what_of_adverts = forms.ChoiceField(
        label="What should happen to them?",
        choices=[("move", "Move them to the next edition"), ("leave", "Leave them as they are")],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Break
        fields = ["on", "reason"]
        field_classes = {"on": PastedDateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.booked: VacancyQuerySet = Vacancy.objects.none()

    @property
    def moves(self) -> bool:
        return self.cleaned_data.get("what_of_adverts") == "move"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        on = data.get("on")
        if on is None or "on" not in self.changed_data:
            return data
        self.booked = Vacancy.objects.booked_for(on).select_related("school").order_by("pk")
        if not self.booked.exists():
            return data
        if not data.get("what_of_adverts"):
            self.add_error(
                "what_of_adverts", f"Adverts are booked for {wording.long_day(on)}. Choose what should happen to them."
            )
        elif data["what_of_adverts"] == "move" and self._following(on) is None:
            self.add_error(
                "what_of_adverts", "There is no edition after that: add the next term first, or leave them as they are."
            )
        return data

    def _following(self, on: date) -> date | None:
        return calendar().next_on(on + DAY)
