"""What staff do to adverts besides editing them: the steps, what each asks for, and what it says before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from web.quantities import period

from .. import rules, wording
from ..editing import booking, defaults, print_consequences
from ..editing.pasted_fields import MomentField, PastedDateField
from ..models import Vacancy, calendar
from ..schedule import DAY
from .filters import state_of


class NothingAsked(forms.Form):
    pass


class MoveForm(forms.Form):
    monday = forms.TypedChoiceField(label="Edition", coerce=date.fromisoformat)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        mondays = list(calendar().mondays(today + DAY, today + timedelta(days=365)))[: rules.EDITIONS_OFFERED]
        cast(forms.ChoiceField, self.fields["monday"]).choices = [(day.isoformat(), wording.long_day(day)) for day in mondays]


class ExtendForm(forms.Form):
    closes_at = MomentField(label="New closing date and time")


class CopyForm(forms.Form):
    """A copied advert asks for its three dates again."""

    publish_on = PastedDateField(label="On the website from", help_text="The next edition, unless you choose another day.")
    closes_at = MomentField(label="Closing date and time")
    starts_on = PastedDateField(label="Post starts on", required=False)
    start_text = forms.CharField(
        label="or starts, in words", required=False, max_length=120, help_text="Such as Autumn term 2027, or as soon as possible."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publish_on"].initial = defaults.next_edition(calendar(), timezone.now())

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("starts_on") and not data.get("start_text") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Say when the post starts, as a date or in words.")
        return data


@dataclass(frozen=True)
class Step:
    """``take`` does it to one advert and returns what to say of it; it raises ``CannotBook`` with the reason when it cannot.

    ``paper`` says beforehand what happens in print (design/product.md, rule 10).
    """

    name: str
    label: str
    done: str
    says: str
    take: Callable[[Vacancy, dict[str, Any]], str]
    states: frozenset[str]
    paper: print_consequences.Says
    form: type[forms.Form] = NothingAsked
    makes_new: bool = False


def _run_again(vacancy: Vacancy, data: dict[str, Any]) -> str:
    return f"It is now printed in the edition of {wording.day_text(booking.run_again(vacancy, calendar()))} too."


def _move(vacancy: Vacancy, data: dict[str, Any]) -> str:
    booking.move_to(vacancy, data["monday"], calendar())
    return f"It is printed in the edition of {wording.day_text(data['monday'])}."


def _extend(vacancy: Vacancy, data: dict[str, Any]) -> str:
    booking.extend(vacancy, data["closes_at"])
    return f"It closes on {wording.closing(vacancy)}."


def _end_early(vacancy: Vacancy, data: dict[str, Any]) -> str:
    booking.end_early(vacancy)
    return "It is closed."


def _withdraw(vacancy: Vacancy, data: dict[str, Any]) -> str:
    booking.withdraw(vacancy)
    return "It is off the website."


def _bring_back(vacancy: Vacancy, data: dict[str, Any]) -> str:
    booking.bring_back(vacancy)
    return f"It is {state_of(vacancy).lower()} again."


def _copy(vacancy: Vacancy, data: dict[str, Any]) -> str:
    twin = booking.copy(vacancy, **data, days=calendar())
    return f"The new draft is {twin}."


STEPS = {
    step.name: step
    for step in (
        Step(
            "run-again",
            "Run again in the next edition",
            "run again",
            "The advert is printed in one more edition, with the same reference and web address.",
            _run_again,
            frozenset({"Upcoming", "Live"}),
            print_consequences.one_more,
        ),
        Step(
            "move",
            "Move to another edition",
            "moved",
            "The advert is printed in the edition that you choose instead of those it is booked for. One that is not on the "
            "website yet appears there on that Monday; one that is live stays live.",
            _move,
            frozenset({"Draft", "Upcoming", "Live"}),
            print_consequences.moved,
            MoveForm,
        ),
        Step(
            "extend",
            "Extend the closing date",
            "extended",
            "The new closing time is on the website at once. An advert that has closed opens again.",
            _extend,
            frozenset({"Upcoming", "Live", "Closed"}),
            print_consequences.closes_late,
            ExtendForm,
        ),
        Step(
            "end-early",
            "End early",
            "ended",
            f"The advert closes now. Its page stays for {period(rules.PAGE_KEPT_FOR)}, marked as closed; editions still "
            "to come leave it out.",
            _end_early,
            frozenset({"Live"}),
            print_consequences.closes_early,
        ),
        Step(
            "withdraw",
            "Withdraw",
            "withdrawn",
            "The advert comes off the website at once, and its address says that it has gone. Editions still to come "
            "leave it out.",
            _withdraw,
            frozenset({"Draft", "Upcoming", "Live", "Closed"}),
            print_consequences.left_out,
        ),
        Step(
            "bring-back",
            "Bring back",
            "brought back",
            "The advert goes back to what it was before it was withdrawn.",
            _bring_back,
            frozenset({"Withdrawn"}),
            print_consequences.printed_again,
        ),
        Step(
            "copy",
            "Copy as a new advert",
            "copied",
            "A new draft with the same text and documents, and the dates that you enter here.",
            _copy,
            frozenset({"Draft", "Upcoming", "Live", "Closed", "Withdrawn"}),
            print_consequences.untouched,
            CopyForm,
            makes_new=True,
        ),
    )
}


def offered(vacancy: Vacancy) -> list[Step]:
    """The steps that an advert in its state can take."""
    state = state_of(vacancy)
    return [step for step in STEPS.values() if state in step.states]
