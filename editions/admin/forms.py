from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from uploads.refusals import Refused
from vacancies.models import StaffGroup
from web.quantities import size

from .. import rules
from ..building import uploading
from ..building.uploading import Examined
from ..models import Edition

WHICH = {StaffGroup.TEACHING: "teaching_pdf", StaffGroup.SUPPORT: "support_pdf"}

if TYPE_CHECKING:
    FormOfEdition = forms.ModelForm[Edition]
else:
    FormOfEdition = forms.ModelForm


class EditionForm(FormOfEdition):
    """An edition to come, planned by hand."""

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on.weekday() != 0:
            raise forms.ValidationError("Choose a Monday: editions come out on Mondays only.")
        if not self.instance.pk and on < timezone.localdate():
            raise forms.ValidationError("This Monday is in the past. To archive its printed bulletins, upload an old edition.")
        return on


class OldEditionForm(forms.Form):
    """Bulletins that were printed before this system; their edition is made if it is not there."""

    on = forms.DateField(label="Monday", widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.IntegerField(label="Issue number", min_value=1, max_value=100_000)
    teaching_pdf = forms.FileField(label="Bulletin for teaching staff", required=False)
    support_pdf = forms.FileField(label="Bulletin for support staff", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pdfs: dict[str, Examined] = {}
        for name in WHICH.values():
            self.fields[name].widget.attrs["accept"] = "application/pdf"
            self.fields[name].help_text = f"A PDF of up to {size(rules.LARGEST_UPLOAD)}."

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on.weekday() != 0:
            raise forms.ValidationError("Choose a Monday: editions come out on Mondays only.")
        if on >= timezone.localdate():
            raise forms.ValidationError("Choose a Monday in the past: bulletins of editions to come are made here.")
        return on

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.clean_number_of_edition()
        for group, name in WHICH.items():
            if self.cleaned_data.get(name):
                self.examine(group, name)
        if not any(self.files.get(name) for name in WHICH.values()):
            raise forms.ValidationError("Choose at least one PDF.")
        return self.cleaned_data

    def clean_number_of_edition(self) -> None:
        on, number = self.cleaned_data.get("on"), self.cleaned_data.get("number")
        if not (on and number):
            return
        there = Edition.objects.filter(on=on).first()
        if there and there.published_at is None:
            self.add_error(
                "on",
                "This edition has not been published yet and will be published automatically. Do not upload anything for it.",
            )
        elif there and there.number != number:
            self.add_error("number", f"This Monday’s edition is already here, as issue {there.number}.")
        elif not there and (other := Edition.objects.filter(number=number).first()):
            self.add_error("number", f"This number belongs to {other}.")

    def examine(self, group: StaffGroup, name: str) -> None:
        """A bulletin that was made here is corrected, never replaced by an upload."""
        made_here = Edition.objects.filter(bulletins__staff_group=group, bulletins__built_at__isnull=False)
        if "on" in self.cleaned_data and made_here.filter(on=self.cleaned_data["on"]).exists():
            self.add_error(name, "This bulletin was made here. Correct its adverts and make it again instead.")
            return
        file = self.cleaned_data[name]
        try:
            self.pdfs[group.value] = uploading.examine(file.size, file.chunks())
        except Refused as refusal:
            self.add_error(name, str(refusal))

    def save(self, now: datetime) -> Edition:
        return uploading.file_edition(self.cleaned_data["on"], self.cleaned_data["number"], self.pdfs, now)


class RevisionForm(forms.Form):
    note = forms.CharField(
        max_length=200,
        label="What was corrected",
        help_text="Printed on the cover, such as: Page 4: the closing date of GS10427 is 12 May. Name no person: the note stays.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
    )
    without = forms.BooleanField(
        label="Publish it without them",
        error_messages={"required": "Correct these adverts first, or tick that the bulletin may go out without them."},
    )

    def __init__(self, *args: Any, held_back: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["without"].help_text = " ".join(held_back)
        if not held_back:
            del self.fields["without"]
