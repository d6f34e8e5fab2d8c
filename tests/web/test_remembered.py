"""What is remembered, for how long, and for whom."""

import threading

import pytest
from django.template import Context, Template, TemplateSyntaxError

from web.remembered import Memory, for_one_page, remember


class Maker:
    """Gives 1, then 2, and so on."""

    def __init__(self):
        self.made = 0

    def __call__(self):
        self.made += 1
        return self.made


@pytest.fixture
def make():
    return Maker()


def test_nothing_is_remembered_where_nobody_says_that_content_stays(make):
    assert [remember("a", make), remember("a", make)] == [1, 2]


def test_under_one_stamp_each_thing_is_made_once_whatever_the_page(make):
    memory = Memory()
    for _ in range(2):
        with memory.under(1):
            assert [remember("a", make), remember("a", make), remember("b", make)] == [1, 1, 2]


def test_under_a_later_stamp_everything_is_made_anew(make):
    memory, found = Memory(), []
    for stamp in (1, 2, 2, 3):
        with memory.under(stamp):
            found.append(remember("a", make))
    assert found == [1, 2, 2, 3]


def test_a_page_that_was_begun_before_a_change_neither_takes_nor_leaves_what_belongs_after_it(make):
    memory = Memory()
    with memory.under(2):
        assert remember("a", make) == 1
    with memory.under(1):
        assert [remember("a", make), remember("a", make)] == [2, 2]
    with memory.under(2):
        assert remember("a", make) == 1


def test_a_page_that_is_overtaken_goes_on_with_what_it_had(make):
    memory = Memory()
    with memory.under(1):
        assert remember("a", make) == 1
        with memory.under(2):
            assert remember("a", make) == 2
        assert remember("a", make) == 1


def test_without_a_stamp_a_page_remembers_for_itself_and_forgets(make):
    found = []
    for _ in range(2):
        with for_one_page():
            found += [remember("a", make), remember("a", make)]
    assert found == [1, 1, 2, 2]
    assert remember("a", make) == 3


def test_a_page_under_a_stamp_shares_what_all_remember(make):
    memory = Memory()
    for _ in range(2):
        with memory.under(1), for_one_page():
            assert remember("a", make) == 1


def test_two_memories_know_nothing_of_each_other(make):
    for memory in (Memory(), Memory()):
        with memory.under(1):
            remember("a", make)
    assert make.made == 2


def test_what_could_not_be_made_is_tried_again(make):
    def fail():
        raise ZeroDivisionError

    with Memory().under(1):
        with pytest.raises(ZeroDivisionError):
            remember("a", fail)
        assert remember("a", make) == 1


def test_threads_share_a_stamp_and_not_each_others_pages(make):
    memory, found = Memory(), []
    with memory.under(1):
        remember("a", make)

    def ask(stamp):
        with memory.under(stamp):
            found.append((stamp, remember("a", make)))

    for stamp in (1, 2, 1):
        thread = threading.Thread(target=ask, args=[stamp])
        thread.start()
        thread.join()
    assert found == [(1, 1), (2, 2), (1, 3)]
    assert remember("a", make) == 4


COUNTED = Template(
    "{% load remembered %}{% remembered 'shelf' place.name %}{{ count }} in {{ place.name }}{% endremembered %}{{ count }}"
)


def rendered(count, name="Bath"):
    return COUNTED.render(Context({"count": count, "place": {"name": name}}))


def test_a_piece_of_a_template_is_made_once_for_each_key():
    memory = Memory()
    with memory.under(1):
        assert [rendered(1), rendered(2), rendered(3, "Poole"), rendered(4)] == [
            "1 in Bath1",
            "1 in Bath2",
            "3 in Poole3",
            "1 in Bath4",
        ]
    with memory.under(2):
        assert rendered(5) == "5 in Bath5"
    assert [rendered(6), rendered(7)] == ["6 in Bath6", "7 in Bath7"]


def test_a_piece_whose_key_is_not_known_is_made_each_time():
    with Memory().under(1):
        assert [rendered(1, None), rendered(2, None)] == ["1 in None1", "2 in None2"]
        nowhere = [COUNTED.render(Context({"count": count})) for count in (1, 2)]
    assert nowhere == ["1 in 1", "2 in 2"]


def test_pieces_of_two_names_are_two():
    pieces = ["{% remembered 'a' %}<{{ sign }}>{% endremembered %}", "{% remembered 'b' %}{{ sign }}{% endremembered %}"]
    page = Template("{% load remembered %}" + "".join(pieces))
    with Memory().under(1):
        assert page.render(Context({"sign": "&"})) == "<&amp;>&amp;"


def test_a_piece_that_is_never_closed_is_a_mistake_in_the_template():
    with pytest.raises(TemplateSyntaxError, match="endremembered"):
        Template("{% load remembered %}{% remembered 'a' %}")
