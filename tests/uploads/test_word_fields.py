"""Fields of a Word document keep what they show; what they would fetch or start is taken from them."""

import pytest
from lxml import etree

from tests.sent_files import a_text
from uploads import word_fields


def a_field(*instructions, shows="12"):
    """As Word writes it: marks and instructions in runs of their own, an instruction perhaps in pieces."""
    pieces = "".join(one if one.startswith("<") else f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in instructions)
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
    return f"{mark('begin')}{pieces}{mark('separate')}<w:r><w:t>{shows}</w:t></w:r>{mark('end')}"


def after(body):
    root = etree.fromstring(a_text(f"<w:p>{body}</w:p>"))
    word_fields.disarm_fields(root)
    words = "".join(one.text or "" for one in root.iter("{*}t"))
    return (
        words,
        "".join(one.text or "" for one in root.iter("{*}instrText", "{*}delInstrText")).strip(),
        len(list(root.iter("{*}fldChar"))),
    )


@pytest.mark.parametrize(
    "instruction",
    [
        " PAGE ",
        "NUMPAGES \\* MERGEFORMAT",
        " = 3 * 4",
        " FORMTEXT ",
        ' HYPERLINK "https://school.example/" \\o "Our school" ',
        ' HYPERLINK \\l "_Toc123" ',
        ' HYPERLINK \\o "tip" "mailto:a@school.example" ',
        ' DATE \\@ "d MMMM yyyy" ',
    ],
)
def test_harmless_fields_stay(instruction):
    assert after(a_field(instruction)) == ("12", instruction.strip(), 3)


@pytest.mark.parametrize(
    "instructions",
    [
        [' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc" '],
        [" D", "DE", "AUTO c:\\\\cmd "],
        ["dde excel"],
        [' INCLUDEPICTURE "https://spy.example/a.png" \\d'],
        [' INCLUDETEXT "\\\\\\\\spy\\\\a.docx"'],
        [" MACROBUTTON steal Click"],
        [' HYPERLINK "file:///c:/a.exe" '],
        [' HYPERLINK \\l "x" "\\\\\\\\spy\\\\share" '],
        [' HYPERLINK "javascript:alert(1)" '],
        [""],
        [a_field(" QUOTE 68 68 69 ", shows="DDE"), ' "c:\\\\cmd.exe" '],
        [" PA", a_field("= 1", shows="GE"), " x "],
        [' HYPERLINK "', a_field("REF x", shows="file:"), '" '],
    ],
)
def test_other_fields_become_the_words_that_they_show(instructions):
    words, left, _ = after(a_field(*instructions))
    assert words.endswith("12")
    assert left in {"", "= 1", "REF x"}


def test_a_field_within_another_is_judged_by_itself():
    body = a_field(" IF ", a_field(" MERGEFIELD Title "), ' = "Head" ', a_field(' INCLUDETEXT "x" '))
    assert after(body)[1] == 'IF  MERGEFIELD Title  = "Head"'


def test_a_field_that_never_ends_is_judged_too():
    begun = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DDEAUTO x</w:instrText></w:r>"
    assert after(begun) == ("", "", 0)


@pytest.mark.parametrize(("instruction", "left"), [("PAGE", 1), ("DDEAUTO x", 0)])
def test_the_short_form_is_judged_alike(instruction, left):
    root = etree.fromstring(a_text(f"<w:p><w:fldSimple w:instr='{instruction}'><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>"))
    word_fields.disarm_fields(root)
    assert (len(list(root.iter("{*}fldSimple"))), [one.text for one in root.iter("{*}t")]) == (left, ["3"])
