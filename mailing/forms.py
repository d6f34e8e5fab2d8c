"""What visitors type: joining the mailing list, changing one's choices, writing to the office."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils import timezone

from richtext.plain import one_line
from vacancies.models import Authority, StaffGroup

from . import rules
from .models import ContactMessage, Enquiry, MessageState, Subscriber
from .models.choices import Choice
from .readers.addresses import LONGEST_ADDRESS, problem_of

_clock = Signer(salt="mailing.forms")


class Address(forms.EmailField):
    """An email address that any mail server can write to: short, without quoting, and in plain letters before the @."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_ADDRESS, **kwargs)

    def clean(self, value: str | None) -> str:
        email: str = super().clean(value)
        if email and (problem := problem_of(email)):
            raise forms.ValidationError(problem)
        return email


class Trap(forms.TextInput):
    """A field like any other to a robot; out of people's sight, of the keyboard's path and of what is read aloud."""

    is_hidden = True

    def __init__(self) -> None:
        super().__init__({"class": "visually-hidden", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"})


class GuardedForm(forms.Form):
    """Kept from robots without a puzzle: a field that people do not see, and the moment at which the page was made."""

    website = forms.CharField(required=False, label="Leave this empty", widget=Trap)
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: datetime | None = None, **kwargs: Any) -> None:
        self.now = now or timezone.now()
        kwargs["initial"] = {"started": _clock.sign(str(int(self.now.timestamp()))), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        if not self.errors and not self._took_its_time():
            # The form comes back with everything in it and an old enough page, so a quick person just sends it again.
            raise forms.ValidationError("That was very quick. Please press the button once more.")
        return super().clean()

    @property
    def is_trapped(self) -> bool:
        """A robot has filled in what people cannot see."""
        return bool(self.data.get("website"))

    def _took_its_time(self) -> bool:
        try:
            started = int(_clock.unsign(self.data.get("started") or ""))
        except (BadSignature, ValueError):
            return False
        return self.now.timestamp() - started >= rules.FASTEST_PERSON.total_seconds()


if TYPE_CHECKING:
    FieldOfAreas = forms.ModelMultipleChoiceField[Authority]
else:
    FieldOfAreas = forms.ModelMultipleChoiceField


class Areas(FieldOfAreas):
    """A forged key is no area; one longer than a database takes would be a failure."""

    LONGEST_KEY = 9

    def clean(self, value: list[str] | None) -> QuerySet[Authority]:
        for key in value or []:
            if len(str(key)) > self.LONGEST_KEY:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": "that"})
        return super().clean(value)


class ChoiceForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label="Which posts?",
        choices=StaffGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=StaffGroup.values,
        error_messages={"required": "Tick posts for teaching staff, for support staff, or both."},
    )
    authorities = Areas(
        label="Which areas?",
        queryset=Authority.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all unticked to get every area.",
    )

    def choice(self) -> Choice:
        groups = self.cleaned_data["groups"]
        areas = [area.pk for area in self.cleaned_data["authorities"]]
        return Choice.of(StaffGroup.TEACHING in groups, StaffGroup.SUPPORT in groups, areas)


class SignUpForm(GuardedForm, ChoiceForm):
    email = Address(
        label="Your email address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address.",
            "invalid": "Check your email address: it should look like name@example.com.",
        },
    )
    field_order = ["email", "groups", "authorities", "website", "started"]


class PreferencesForm(ChoiceForm):
    @classmethod
    def of(cls, reader: Subscriber, data: Mapping[str, Any] | None = None) -> "PreferencesForm":
        choice = reader.choice
        return cls(data, initial={"groups": choice.groups, "authorities": choice.authorities})


class ContactForm(GuardedForm):
    enquiry = forms.ChoiceField(
        label="What is it about?",
        choices=Enquiry.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what your message is about."},
    )
    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    email = Address(
        label="Your email address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address so that we can answer.",
            "invalid": "Check your email address: it should look like name@example.com.",
        },
    )
    telephone = forms.CharField(
        label="Your telephone number", max_length=30, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"})
    )
    message = forms.CharField(
        label="Your message",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Enter your message."},
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_telephone(self) -> str:
        return one_line(self.cleaned_data["telephone"])

    def to_message(self) -> ContactMessage:
        """The message to store; one that a robot sent is kept for staff to see, as spam."""
        fields = {name: self.cleaned_data[name] for name in ("enquiry", "name", "email", "telephone", "message")}
        state = MessageState.SPAM if self.is_trapped else MessageState.NEW
        return ContactMessage(received_at=self.now, state=state, **fields)
