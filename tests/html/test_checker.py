"""The checker itself: it lets a sound page pass, and names every kind of fault."""

import pytest

from .checker import faults

HEAD = '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>T</title></head>'


def page(body: str, head: str = HEAD) -> str:
    return f"{head}<body><main><h1>One</h1>{body}</main></body></html>"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Text <a href='/x'>link</a></p>",
        "<a href='/x'><div><p>A whole card</p></div></a>",
        "<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>",
        "<fieldset><legend><h2>Who?</h2></legend><label for='a'>A</label><input id='a' type='email'></fieldset>",
        "<figure><img src='/a.jpg' alt='' width='3' height='2'><figcaption>c</figcaption></figure>",
        "<time datetime='2026-04-27T07:00:00+01:00'>7am</time> <time datetime='2026-04-27'>Monday</time>",
        "<label>A <input type='checkbox'></label>",
        "<details><summary>More</summary><p>x</p></details><button aria-label='Copy'></button>",
        "<table><caption>c</caption><thead><tr><th scope='col'>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
    ],
)
def test_a_sound_page_has_no_faults(body):
    assert faults(page(body)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>open<div>x</div></p>", "end tag"),
        ("<span><div>x</div></span>", "<div> may not stand in <span>"),
        ("<h2><p>x</p></h2>", "<p> may not stand in <h2>"),
        ("<span><a href='/x'><div>x</div></a></span>", "<div> may not stand in <span>"),
        ("<ul><div>x</div></ul>", "<div> may not be a child of <ul>"),
        ("<dt>x</dt>", "<dt> stands outside a dl"),
        ("<button><input type='text'></button>", '<input type="text"> may not stand in a button'),
        ("<center>x</center>", "<center> is not an element that pages here use"),
        ("<p align='left'>x</p>", '<p align="left"> may not have align'),
        ("<img src='/a.jpg'>", "needs alt"),
        ("<a>x</a>", "<a> needs href"),
        ("<label>x</label>", "<label> belongs to no field"),
        ("<h2></h2>", "<h2> has no text"),
        ("<a href='/x'><img src='/a' alt=''></a>", "has no text"),
        ("<p id='a b'>x</p>", "has an id that is empty or has spaces"),
        ("<div aria-label='x'>x</div>", "has a name but no role"),
        ("<img src='/a' alt='' width='3rem'>", "has a bad width: '3rem'"),
        ("<input type='colour'>", "has a bad type: 'colour'"),
        ("<input type='text' autocomplete='e-mail'>", "has a bad autocomplete: 'e-mail'"),
        ("<time datetime='Monday'>x</time>", "has a bad datetime: 'Monday'"),
        ("<a href='/a b'>x</a>", "has a bad href"),
        ("<p id='a'>x</p><p id='a'>y</p>", "the id 'a' is there 2 times"),
        ("<label for='a'>x</label>", "points with for at 'a', which is not there"),
        ("<p role='note' aria-describedby='a b'>x</p>", "points with aria-describedby at 'b', which is not there"),
        ("<a href='#top'>x</a>", "leads nowhere on this page"),
        ("<h1>Two</h1>", "there are 2 h1 elements, not one"),
        ("<h3>Deep</h3>", "<h3> 'Deep' follows a heading of level 1"),
        ("<p class='a' class='b'>x</p>", "attribute"),
    ],
)
def test_each_fault_is_named(body, fault):
    assert any(fault in line for line in faults(page(body))), faults(page(body))


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("<html><head><meta charset='utf-8'><title>T</title></head>", "doctype"),
        ("<!doctype html><html><head><meta charset='utf-8'><title>T</title></head>", "the html element has no lang"),
        ("<!doctype html><html lang='en'><head><title>T</title></head>", "there is no meta charset of utf-8"),
        ("<!doctype html><html lang='en'><head><meta charset='utf-8'></head>", "there are 0 title elements, not one"),
    ],
)
def test_the_frame_is_looked_at_too(head, fault):
    assert any(fault.lower() in line.lower() for line in faults(page("", head))), faults(page("", head))
