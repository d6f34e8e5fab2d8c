"""What a school sent goes into the form: read here, shown beside the boxes there. Nothing is stored."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from .. import rules
from ..editing import defaults, suggestions
from ..models import calendar
from ..reading.files import NotReadable, source_of
from ..reading.kinds import Reading, read_advert
from ..schedule import monday_on_or_after

TOO_LONG = "This is too long for an advert. Paste the advert alone."


def pasted(request: HttpRequest) -> JsonResponse:
    """A text, a piece of HTML or a file; ``left_out`` are the lines that somebody wants left off, once they were seen."""
    try:
        source = _source(request)
    except NotReadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    today = timezone.localdate()
    after = defaults.next_edition(calendar(), timezone.now()) or monday_on_or_after(today)
    reading = read_advert(source, after)
    if "left_out" in request.POST:
        numbers = {int(word) for word in request.POST["left_out"].split(",") if word.isdecimal()}
        return JsonResponse({"body": reading.page.html(frozenset(numbers & set(range(len(reading.page.lines)))))})
    return JsonResponse({**told(reading), "source": source})


def _source(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > rules.LARGEST_DOCUMENT:
            raise NotReadable(TOO_LONG)
        return source_of(file.name or "", file.read())
    source = request.POST.get("html") or request.POST.get("text") or ""
    if len(source) > rules.LONGEST_PASTE:
        raise NotReadable(TOO_LONG)
    if not source.strip():
        raise NotReadable("Nothing to read: paste the school's text, or drop its file here.")
    return source


def told(reading: Reading) -> dict[str, Any]:
    """For the script of the form: what goes into which box and why, and each line with what is thought of it."""
    lines = [
        {
            "number": number,
            "text": line.text,
            "left_out": number in reading.left_out,
            "repeated": number in reading.repeated,
        }
        for number, line in enumerate(reading.page.lines)
    ]
    return {
        "body": reading.page.html(reading.left_out),
        "found": {name: one.told() for name, one in suggestions.suggestions(reading).items()},
        "choices": {name: [one.told() for one in many] for name, many in suggestions.choices(reading).items()},
        "lines": lines,
        "posts": list(reading.separate_posts),
        "unknown_school": _unknown_school(reading),
    }


def _unknown_school(reading: Reading) -> str:
    find = reading.facts.get("school")
    is_known = "school" in suggestions.suggestions(reading) or "school" in suggestions.choices(reading)
    return str(find.value) if find and not is_known else ""
