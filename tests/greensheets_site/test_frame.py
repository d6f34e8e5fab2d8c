import html5lib
import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from greensheets_site.public.context import site
from greensheets_site.templatetags.frame import envelope, field_kind, navigation


def render(template, path="/", **context):
    request = RequestFactory().get(path)
    return render_to_string(template, {**site(request), **context}, request=request)


class Example(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on your letter.")
    group = forms.ChoiceField(label="Bulletin", choices=[("t", "Teaching"), ("s", "Support")], widget=forms.RadioSelect)
    areas = forms.MultipleChoiceField(label="Areas", choices=[("a", "Avonmere")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="I agree")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)


@pytest.mark.parametrize("template", ["base.html", "404.html", "410.html", "400.html", "500.html"])
def test_every_frame_page_is_valid_html_and_names_the_publisher(template, settings):
    page = render(template)
    html5lib.HTMLParser(strict=True).parse(page)
    assert settings.PUBLISHER["email"] in page


def test_the_demonstration_says_so_and_the_real_site_does_not():
    assert "Demonstration." in render("base.html", is_demo=True)
    assert "Demonstration." not in render("base.html", is_demo=False)


def test_navigation_marks_the_page_and_the_section():
    def marks(path):
        return [item.current for item in navigation({"request": RequestFactory().get(path)}, "for_readers")]

    assert marks("/vacancies/") == ["page", "", "", ""]
    assert marks("/editions/2026-04-27/") == ["", "true", "", ""]
    assert marks("/contact/") == ["", "", "", ""]


def test_navigation_works_on_an_error_page_without_a_request():
    assert [item.current for item in navigation({}, "for_schools")] == ["", ""]


def test_fields_know_how_they_are_laid_out():
    assert [field_kind(field) for field in Example()] == ["box", "group", "group", "tick", "box"]


def test_a_form_with_errors_lists_them_with_links_to_their_fields():
    form = Example({"name": ""})
    page = render("_form.html", form=form)
    html5lib.HTMLParser(strict=True).parseFragment(page)
    for field in ["id_name", "id_group", "id_areas", "id_agree"]:
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert "(optional)" in page


def test_a_fresh_form_has_no_summary():
    assert "There is a problem" not in render("_form.html", form=Example())


def test_an_address_is_written_in_lines_as_on_an_envelope():
    assert envelope("The Old School,  Fernhollow, , ZZ99 1AA,") == ["The Old School", "Fernhollow", "ZZ99 1AA"]
