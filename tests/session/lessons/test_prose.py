"""Does the Markdown of a lesson become passages, with nothing in it that is active?"""

import pytest

from explorer.session.lessons.lesson import LessonError, Span
from explorer.session.lessons.reading import Prose, relative, tokens, words


def passages(text):
    prose = Prose("week-1.md")
    for token in tokens(text):
        prose.take(token, 1 + (token.map or [0])[0])
    return prose.blocks


def test_lists_keep_their_numbers_and_depth():
    found = passages("3. three\n4. four\n   - below\n\n   more of four\n")
    assert [(each.kind, each.number, each.depth, each.text) for each in found] == [
        ("item", 3, 1, "three"),
        ("item", 4, 1, "four"),
        ("item", None, 2, "below"),
        ("text", None, 1, "more of four"),
    ]


def test_a_look_is_kept_and_neighbours_of_one_look_are_one_span():
    (found,) = passages("a\nb **bold *both*** `x < y`")
    assert found.spans == (
        Span("a b "),
        Span("bold ", bold=True),
        Span("both", bold=True, italic=True),
        Span(" "),
        Span("x < y", code=True),
    )


def test_html_is_text_and_a_link_is_read_not_opened():
    (found,) = passages("<b onclick=x>hi</b> [here](http://a.example)")
    assert found.text == "<b onclick=x>hi</b> here (http://a.example)"


def test_code_quotes_and_headings_are_told_apart():
    found = passages("## Head\n\n> said\n\n```sql\nSELECT 1\n```\n")
    assert [(each.kind, each.text, each.language) for each in found] == [
        ("heading", "Head", ""),
        ("quote", "said", ""),
        ("code", "SELECT 1", "sql"),
    ]


@pytest.mark.parametrize(
    "source", ["../icons/app.svg", "/etc/passwd", "nothing.png", "http://a.example/x.png"]
)
def test_a_picture_comes_with_the_program_or_not_at_all(source):
    with pytest.raises(LessonError, match=r"week-1\.md, line 1: there is no picture"):
        passages(f"![a]({source})")


def test_a_picture_of_the_program_is_named_from_its_folder():
    (found,) = passages("![How it grows](growth.svg)")
    assert found.picture is not None
    assert (found.kind, found.text, relative(found.picture)) == (
        "picture",
        "How it grows",
        "pictures/growth.svg",
    )


def test_the_words_of_a_line_have_no_look():
    inline = next(each for each in tokens("a **b** `c`") if each.type == "inline")
    assert words(inline) == "a b c"
