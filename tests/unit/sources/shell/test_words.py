"""The words that a shell makes of a script: their texts, places, and what is unknown."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.sources.shell.mapped import whole
from sm_lint.sources.shell.script import Script
from sm_lint.sources.shell.simple import Simple
from sm_lint.sources.shell.words import Word
from tests.support.work import calls


def read(script: str) -> list[Simple]:
    return Script(whole(script)).read()


def words(script: str) -> list[Word]:
    return [word for simple in read(script) for word in simple.words]


def shown(word: Word) -> str:
    """A word with what is unknown in braces of its own, and a plus if it may be several."""
    parts, last = [], 0
    for start, end in word.decoded.unknown:
        parts += [word.text[last:start], "«", word.text[start:end], "»"]
        last = end
    return "".join(parts) + word.text[last:] + "+" * word.is_several


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("a b\tc", ["a", "b", "c"]),
        ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
        ("a '' \"\"", ["a", "", ""]),
        ("a 'b'\"c\"d\\ e", ["a", "bcd e"]),
        ('a \'\\n\' "\\n\\"\\$\\\\\\`"', ["a", "\\n", '\\n"$\\`']),
        ("a \\\n  b\\\nc \"d\\\ne\" 'f\\\ng'", ["a", "bc", "de", "f\\\ng"]),
        ("a \\\r\n b\r\n", ["a", "b"]),
        ("a $'b\\n\\'c\\x41\\u00e9\\101\\cA\\z'", ["a", "b\n'cAéA\x01\\z"]),
        ('a $"b"', ["a", "b"]),
        ("a # b 'c", ["a"]),
        ("a b#c", ["a", "b#c"]),
        ("a $B ${C} $(d) `e` $1 $@ $((1+2))", None),
        ('a "$B" "x${C}y"', ["a", "«$B»", "x«${C}»y"]),
        ('a "$@" "${B[@]}" "${!B@}" "${@:2}" "$*"', ["a", "«$@»+", "«${B[@]}»+", "«${!B@}»+", "«${@:2}»+", "«$*»"]),
        ('a ${B:+--tags "Key=$C"}', ["a", '«${B:+--tags "Key=$C"}»+']),
        ("a \"${B:-it's}\" ${C:-'}'} d", ["a", "«${B:-it's}»", "«${C:-'}'}»+", "d"]),
        ('a "${B:-"${C:-"}"}"}" d', ["a", '«${B:-"${C:-"}"}"}»', "d"]),
        ("a '$B' \"\\$B\" \\$B $ $", ["a", "$B", "$B", "$B", "$", "$"]),
        ("a pre$B", ["a", "pre«$B»+"]),
        ("a ~/b c~ ~", ["a", "«~»/b", "c~", "«~»"]),
        ("a *.json b?c [d]", ["a", "«*».json+", "b«?»c+", "[d]"]),
        ("a {b,c} {d} {1..3} {} x{e,{f}}y", ["a", "«{b,c}»+", "{d}", "«{1..3}»+", "{}", "«x{e,{f}}y»+"]),
        ('a {"b":1,"c":2}', ["a", "«{b:1,c:2}»+"]),
        ("a <b> s3://<c d>/e f", ["a", "«<b>»", "s3://«<c d>»/e", "f"]),
        ("a > b c 2>&1 2> /dev/null d >> e &> f", ["a", "c", "d"]),
        ("a <<< b c", ["a", "c"]),
        ("a <(b) >(c) d", ["b", "c", "a", "«<(b)»", "«>(c)»", "d"]),
        ("B=c a d=e", ["a", "d=e"]),
        ("if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]),
        ("for a in b c; do d; done; e", ["d", "e"]),
        ("while ! a; do { b; }; done", ["a", "b"]),
        ("case $a in b) c;; (d|e) f ;; *) g ;; esac; h", ["c", "f", "g", "h"]),
        ("case $a in\n  b)\n    c ;;\n  d)\n e\nesac\nf", ["c", "e", "f"]),
        ("x=$(case a in b) c;; esac) d", ["c", "d"]),
        ("f() { a; }; function g { b; }; f", ["f", "a", "b", "f"]),
        ("(a; (b)) | c && d || e & f", ["a", "b", "c", "d", "e", "f"]),
        ("A=(b 'c d' # e )\n f) g", ["g"]),
        ("A+=(b) g", ["g"]),
        ("((a << 2)); b $((1 << 3)) c", ["b", "«$((1 << 3))»+", "c"]),
        ("[[ a < b && $c =~ ^(d|e)$ ]] && f", None),
        ('a "$(b "$(c \'d\')" e)" f', ["c", "d", "b", "«$(c 'd')»", "e", "a", "«$(b \"$(c 'd')\" e)»", "f"]),
        ("a `b \\`c\\` 'd'` e", ["c", "b", "«`c`»+", "d", "a", "«`b \\`c\\` 'd'`»+", "e"]),
        ("a <<B c\nd $e\nB\nf", ["a", "c", "f"]),
        ("a <<-'B C' | g\n\td\n\tB C\nf", ["a", "g", "f"]),
        ("a <<B <<C\n1\nB\n2\nC\nf", ["a", "f"]),
        ('a "$(cat <<B\n{"c": "$D"}\n\nB\n)" e', ["cat", "a", '{"c": "«$D»"}', "e"]),
        ("a \"$(cat <<'B'\n$c \\d\nB\n)\"", ["cat", "a", "$c \\d"]),
        ("a b\nc 'd", ["a", "b"]),
        ('a b\nc "$(d e)" "f', ["a", "b", "d", "e"]),
        ("a )\nb", ["a", "b"]),
        ("a `# b` \\\n c", ["a", "c"]),
        ("a é ü\u00a0v", ["a", "é", "ü\u00a0v"]),
    ],
)
def test_words(script: str, expected: list[str] | None) -> None:
    if expected is not None:
        assert [shown(word) for word in words(script)] == expected
    else:
        assert all(word.text for word in words(script))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("A=b\nc $A", "b"),
        ('A="b c"\nc "$A"', "b c"),
        ("A='b c'\nc $A", "«$A»+"),
        ("A='b c'\nc \"$A\"", "b c"),
        ("A=b\nx $A --d; y --A e; c $A", "b"),
        ("A=b\nd[A++]=1\nc $A", "«$A»+"),
        ("A=b\nd ${e[--A]}\nc $A", "«$A»+"),
        ("A=b\n(( --A ))\nc $A", "«$A»+"),
        ("export A=b\nc x${A}y", "xby"),
        ('A=b\nB="$A/$C"\nc "x$B"', "xb/«$C»"),
        ('A=$(cat <<E\nb\nE\n)\nc "$A"', "b"),
        ('A="$(cat <<\'E\'\nb\nE\n)"\nc "$A"', "b"),
        ("if a; then A=b; fi\nc $A", "«$A»+"),
        ("d && A=b\nc $A", "«$A»+"),
        ("A=b | d\nc $A", "«$A»+"),
        ("(A=b)\nc $A", "«$A»+"),
        ("f() {\nA=b\n}\nc $A", "«$A»+"),
        ("A=b\nA=d\nc $A", "«$A»+"),
        ("A=b\nread A\nc $A", "«$A»+"),
        ("A=b\n. ./d\nc $A", "«$A»+"),
        ("A=b\n: ${A:=d}\nc $A", "«$A»+"),
        ("A=b\nfor A in d; do\nc $A", "«$A»+"),
        ("A=b\n((A++))\nc $A", "«$A»+"),
        ("A=b c $A", "«$A»+"),
        ("A=${B:-d}\nc $A", "«$A»+"),
        ("A=x${B:-d}\nc $A", "x«${B:-d}»+"),
        ('A=x${B:-d}\nc "$A"', "x«${B:-d}»"),
        ("A=(b)\nc $A", "«$A»+"),
        ("A=b\nc ${A%x}", "«${A%x}»+"),
    ],
)
def test_a_variable_is_followed_only_if_its_value_is_certain(script: str, expected: str) -> None:
    assert shown(words(script)[-1]) == expected


def test_variables_that_double_each_other_are_followed_only_so_far() -> None:
    script = "A0=xxxxxxxx\n" + "".join(f'A{n}="$A{n - 1}$A{n - 1}"\n' for n in range(1, 60)) + 'c "$A59"'
    assert sum(len(word.text) for word in words(script)) < 10 * len(script)


def test_each_character_of_a_word_has_its_place() -> None:
    script = 'a \'b c\'"d\\"$E"\\\n\\f'
    word = words(script)[1]
    assert word.text == 'b cd"$Ef'
    places = [script[slice(*word.decoded.place(at, at + 1))] for at in range(len(word.text))]
    assert places == ["b", " ", "c", "d", '\\"', "$", "E", "\\f"]
    assert script[word.start : word.end] == script[2:]
    assert word.decoded.is_written(0, 3)
    assert not word.decoded.is_written(3, 5)
    assert not word.decoded.is_written(1, 4)
    assert not word.decoded.is_written(5, 6)


def test_the_place_of_a_followed_variable_is_its_value_or_its_expansion() -> None:
    script = 'A="bc"\nd "$A" "x${A}"'
    alone, joined = words(script)[-2:]
    assert alone.decoded.place(0, 2) == (3, 5)
    assert script[slice(*joined.decoded.place(1, 3))] == "${A}"
    assert not joined.decoded.is_written(1, 3)


SOURCES = st.text(
    st.sampled_from("ab \t\n'\"\\$`(){}[]<>|&;#=*?~!,.-@1éA\uffff") | st.characters(codec="utf-8"), max_size=60
)


@given(SOURCES)
def test_no_script_fails_and_places_stand_within_it(script: str) -> None:
    for word in words(script):
        assert 0 <= word.start <= word.end <= len(script)
        last = 0
        for at in range(len(word.text)):
            start, end = word.decoded.place(at, at + 1)
            assert 0 <= start < end <= len(script)
            last = end
        assert last <= len(script)
        for start, end in word.decoded.unknown:
            assert 0 <= start < end <= len(word.text)


@pytest.mark.parametrize(
    "part",
    [
        "a 'b' \"c$D\" \\e f\\\n", "$(", "${", '"$(', "((", "`", "{a,", "{a,b}", "a[", "A=(", "<<E\n", "<<E\nE\n",
        "$((", "x$(a)", "case a in b) c;; ", "( ", "<a ", "A=b;", "$'", '"${A:-', "a <<E $(\n", "'", '"', "\\\n", "A$A",
        "a=$a;", "|", "[-[",
    ],
)  # fmt: skip
def test_time_is_linear(part: str) -> None:
    assert calls(lambda: read(part * 4000)) < 4.4 * calls(lambda: read(part * 1000)) + 1000


BASH = shutil.which("bash")
CHARACTERS = "ab'{}[]*?~#;|&<>()=,.é \"$`\\"
ANSI = ["\\n", "\\t", "\\'", '\\"', "\\\\", "\\x41", "\\101", "\\u00e9", "\\cA", "\\e", "\\?", "\\q", "a", " "]
ESCAPED = ["\\n", "\\$", "\\\\", '\\"', "\\'", "\\ ", "\\#", "\\\n", '"\\n\\a"', '"a\\\nb"', "\\é", "\\~", "\\*"]


def escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in '"$`\\' else character for character in text)


PIECES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="'\0"), max_size=6).map(lambda text: f"'{text}'"),
    st.text(st.sampled_from("ab \n\t'{}[]*?~#;|&<>()=,.é"), max_size=6).map(lambda text: f'"{text}"'),
    st.text(st.sampled_from(CHARACTERS), max_size=4).map(lambda text: f'"{escaped(text)}"'),
    st.text(st.sampled_from("abz=,.:/@%+-_é"), min_size=1, max_size=5),
    st.lists(st.sampled_from(ANSI)).map(lambda parts: f"$'{''.join(parts)}'"),
    st.sampled_from(ESCAPED),
)


def bash(script: str) -> list[str]:
    """What a script prints, at its NULs."""
    ran = subprocess.run(
        [BASH or "", "--norc", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": ""}
    )
    return ran.stdout.decode().split("\0")[:-1]


@pytest.mark.slow
@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@settings(max_examples=40)
@given(st.lists(st.lists(st.lists(PIECES, min_size=1, max_size=5).map("".join), max_size=5), min_size=30, max_size=30))
def test_words_are_those_of_bash(groups: list[list[str]]) -> None:
    script = "\n".join(" ".join(["printf '%s\\0'", *group, "'\\n'"]) for group in groups)
    assert [word.text for simple in read(script) for word in simple.words[2:]] == bash(script)


LINES = st.text(st.sampled_from("ab\t '\"é{}#\\"), max_size=8).map(lambda line: line.removesuffix("\\"))


@pytest.mark.slow
@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@settings(max_examples=60)
@given(st.lists(LINES, max_size=6), st.sampled_from(["E", "'E'", '"E"', "\\E"]), st.sampled_from(["<<", "<<-"]))
def test_here_documents_are_those_of_bash(lines: list[str], delimiter: str, operator: str) -> None:
    script = "\n".join([f"read -r -d '' A {operator}{delimiter}", *lines, "E", "printf '%s\\0' \"$A\"", ""])
    (here,) = [simple.here for simple in read(script) if simple.here]
    assert here.body is not None
    assert [here.body.text.strip(" \t\n")] == bash(script)
