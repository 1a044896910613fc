"""The shorthand syntax of the AWS CLI: its grammar with its oddities, the places, and work that grows with the text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.requests.command_line.shorthand import Items, Part, ShorthandError, Text, parse
from tests.support.work import calls

REFUSED = "refused"


def plain(part: Part) -> Any:
    """The value of a part, all texts as they are."""
    if isinstance(part, Text):
        return part.value
    if isinstance(part, Items):
        return [plain(item) for item in part.items]
    return {member.key: plain(member.value) for member in part.members}


def value(text: str) -> Any:
    try:
        return plain(parse(text))
    except ShorthandError:
        return REFUSED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name=churn,Team=risk", {"Name": "churn", "Team": "risk"}),
        ("Name = churn , Team = risk", {"Name": "churn", "Team": "risk"}),
        ("Name=churn,\n\tTeam=risk", {"Name": "churn", "Team": "risk"}),
        (" Name=churn", REFUSED),
        ("Name=", {"Name": ""}),
        ("Name=,Team=risk", {"Name": "", "Team": "risk"}),
        ("=churn", {"": "churn"}),
        ("Name", REFUSED),
        ("", REFUSED),
        ("Name=churn,", REFUSED),
        ("Name=churn,Name=risk", REFUSED),
        ("Na me=churn", REFUSED),
        ("a.b/c:d#e-f_g=1", {"a.b/c:d#e-f_g": "1"}),
        # lists without brackets
        ("Types=text/csv,text/plain", {"Types": ["text/csv", "text/plain"]}),
        ("Types=text/csv,text/plain,Name=x", {"Types": ["text/csv", "text/plain"], "Name": "x"}),
        ("Types=text/csv;header=no", {"Types": "text/csv;header=no"}),
        ("Types=text/csv,text/plain;header=no", REFUSED),
        ("Types=a,b\\,c=d", {"Types": "a", "c": "d"}),
        ("Types=a,,b=c", {"Types": "a", "b": "c"}),
        ("Types=a,'b'", {"Types": ["a", "b"]}),
        ("Types=a,b]", {"Types": ["a", "b]"]}),
        # brackets and braces
        ("A=[a,b]", {"A": ["a", "b"]}),
        ("A=[a,b,]", {"A": ["a", "b"]}),
        ("A=[,a]", {"A": ["", "a"]}),
        ("A=[]", {"A": []}),
        ("A={}", {"A": {}}),
        ("A={b=1,c=[d,{e=2}]},f=3", {"A": {"b": "1", "c": ["d", {"e": "2"}]}, "f": "3"}),
        ("A={b=1,b=2}", {"A": {"b": "2"}}),
        ("A={b=1 c=2}", {"A": {"b": "1 c=2"}}),
        ("A=[{b=1} {c=2}]", REFUSED),
        ("A=[{b=1}", REFUSED),
        ("A=[a] ", REFUSED),
        ("A={b}", REFUSED),
        ("A=" + "[" * 300, REFUSED),
        # quotes and escapes
        ("a='  x, y  '", {"a": "  x, y  "}),
        ('a="x=y"', {"a": "x=y"}),
        ("a='it\\'s'", {"a": "it's"}),
        ("a='C:\\\\dir'", {"a": "C:\\dir"}),
        ("a='dir\\'", {"a": "dir\\"}),
        ("a='x", REFUSED),
        ("a='x'y", REFUSED),
        ("a=x'y'", REFUSED),
        ("a=x\\,y", {"a": "x,y"}),
        ("a=\\x", {"a": "\\x"}),
        ("a=  x  ", {"a": "x"}),
        ("a=\u00a0x\u00a0", {"a": "\u00a0x"}),
        # characters
        ("a=x]y", REFUSED),
        ("a=]", {"a": "]"}),
        ("a=é", {"a": "é"}),
        ("a=😀", REFUSED),
        ("a='😀'", {"a": "😀"}),
        ("a=x\x01", REFUSED),
        ("a=x\x1cy", {"a": "x\x1cy"}),
    ],
)
def test_a_text_is_read_as_the_aws_cli_reads_it(text: str, expected: Any) -> None:
    assert value(text) == expected


def test_each_part_has_its_place() -> None:
    text = "A= [ x , 'y' ],b@= c "
    first, second = parse(text).members
    assert (text[first.start : first.end], text[first.value.start : first.value.end]) == ("A", "[ x , 'y' ]")
    assert isinstance(first.value, Items)
    assert [text[item.start : item.end] for item in first.value.items] == ["x", "'y'"]
    assert (text[second.start : second.end], text[second.value.start : second.value.end]) == ("b", "c")
    assert isinstance(second.value, Text)
    assert second.value.may_be_file


@given(st.text("ab=,[]{}'\"\\@ \n\u00a0\x01😀", max_size=30))
def test_no_text_makes_it_crash_and_all_places_are_in_the_text(text: str) -> None:
    places = [(0, 0)]
    try:
        places += ((member.start, member.value.end) for member in parse(text).members)
    except ShorthandError as error:
        places += [(error.at, len(text)), *((one.start, one.end) for one in error.texts)]
    assert all(0 <= start <= end <= len(text) for start, end in places)


@pytest.mark.parametrize(
    "piece",
    ["a{n}=b,", "a{n}=b,c,", "a{n}=[x,{{y=z}}],", "a{n}='it\\'s',", "a{n}=b\\,c\\,d=e,", "a{n}=x,'y,z',", "a{n}=,,"],
)
def test_the_work_grows_with_the_text(piece: str) -> None:
    short, long = ("".join(piece.format(n=n) for n in range(count)) for count in (200, 800))
    assert calls(lambda: value(long)) < 4.4 * calls(lambda: value(short))


@pytest.mark.parametrize("piece", ["x", "\\,", "\\'", "b,", "'", "[", "{a=", " ", "a=b,c"])
def test_the_work_grows_with_one_value(piece: str) -> None:
    short, long = (f"a='{piece * count}" for count in (500, 2000))
    assert calls(lambda: value(long)) < 4.4 * calls(lambda: value(short))
    short, long = (f"a=x{piece * count}" for count in (500, 2000))
    assert calls(lambda: value(long)) < 4.4 * calls(lambda: value(short))
