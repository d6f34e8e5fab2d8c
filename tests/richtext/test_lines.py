import pytest

from richtext.cleaning import clean


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("<b>a</b> <b>b</b>", "<strong>a b</strong>"),
        ("<b>a</b> b <i>c</i> <i>d</i>", "<strong>a</strong> b <em>c d</em>"),
        ("<b>a </b>b", "<strong>a</strong> b"),
        ("a<i> b</i>", "a <em>b</em>"),
        ("<b>a</b> <i>b</i>", "<strong>a</strong> <em>b</em>"),
        ("<i>a</i> b", "<em>a</em> b"),
        ("a <b> b</b><b> </b>", "a <strong>b</strong>"),
        ("<b> </b>a <br> <i>b</i> <br>", "a<br><em>b</em>"),
        (
            "<a href=https://a.example/>a</a> <a href=https://b.example/>b</a> <a href=https://b.example/>c </a>d",
            '<a href="https://a.example/">a</a> <a href="https://b.example/">b c</a> d',
        ),
    ],
)
def test_space_is_single_and_has_the_look_of_both_its_neighbours(pasted, cleaned):
    assert clean(f"<p>{pasted}</p>") == f"<p>{cleaned}</p>"


@pytest.mark.parametrize("rule", ["_____", "* * *", "----", "=====", "· · ·", "~|~", "–––", "———", "...", "•", ""])
def test_a_line_without_a_word_in_it_goes(rule):
    assert clean(f"<p>a</p><p>{rule}</p><h3>{rule}</h3><ul><li>{rule}</ul><p>b</p>") == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(("length", "between"), [(49, "<br>"), (50, " "), (51, " ")])
def test_a_line_of_fifty_signs_may_have_been_wrapped(length, between):
    assert clean("x" * length + "\nand on") == f"<p>{'x' * length}{between}and on</p>"


@pytest.mark.parametrize("sign", [*",;’'\")–-", "7"])
def test_a_sentence_may_be_wrapped_after_any_sign_but_its_last(sign):
    assert clean("x" * 60 + f"{sign}\nand on") == f"<p>{'x' * 60}{sign} and on</p>"


@pytest.mark.parametrize("sign", ".:!?")
def test_a_line_that_ends_a_sentence_was_not_wrapped(sign):
    assert clean("x" * 60 + f"{sign}\nand on") == f"<p>{'x' * 60}{sign}<br>and on</p>"


def test_the_short_last_line_of_a_wrapped_paragraph_belongs_to_it_too():
    assert clean(f"<p><b>{'x' * 60}</b><br>and<br>so on<br>Then</p>") == f"<p><strong>{'x' * 60}</strong> and so on<br>Then</p>"
