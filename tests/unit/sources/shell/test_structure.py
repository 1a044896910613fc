"""Scripts of all compound commands: the calls that are found in them are those that bash makes."""

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.sources.shell.mapped import whole
from sm_lint.sources.shell.script import Script

BASH = shutil.which("bash")
WORDS = st.sampled_from(
    ["a", "'b c'", '"d\\"e"', "--f=g", "\\#", "h#i", "'if'", "in", "esac", "{", "}", "k=l", "''", "$'m\\n'"]
)
AROUND = [
    "{0}",
    "if true; then {0}; fi", "if {0}; then {1}; else {1}; fi", "{{ {0}; }}", "({0})", "( {0}; {1} )", "X=$( {0})",
    ': "$( {0})" `{1}`', "case a in (b|c) false;; a) {0};; esac", "case a in\n b) ;;\n a|c)\n {0} ;;\nesac",
    "true && {0}",
    "{0} && {1}", "false || {0}", "f() {{ {0}; }}; f", "function g {{\n{0}\n}}\ng", ": <<E\n'{{ $(\nE\n{0}", "{0} # '",
    ": <<-'E' ; {0}\n\t\"`\n\tE\n{1}", "while :; do {0}; break; done", "! {0}", "[[ a < b ]] && {0}", "((1 << 2)); {0}",
    "A=(b 'c)' # d)\n) {0}", "{0} > /dev/null 2>&1", ": ${{X:-\"}}\"}} $((1 << 2)); {0}",
    ": | {0}", "{0} &\nwait\n{1}",
    "for i in aws; do {0}; done", "until\n{0}\n:\ndo :; done", "X=1 {0}",
    'aws n "$( {0})"', "{0} \\\n  o", ": 'aws p'; {0}",
]  # fmt: skip
CALLS = st.lists(WORDS, max_size=4).map(lambda words: " ".join(["aws", *words]))
SCRIPTS = st.recursive(
    CALLS,
    lambda inner: st.tuples(st.sampled_from(AROUND), inner, inner).map(lambda parts: parts[0].format(*parts[1:])),
    max_leaves=6,
)


def made(script: str) -> list[tuple[str, ...]]:
    """The calls that bash makes, where `aws` is a function that notes its words. One runs at a time."""
    start = "exec 3>&1; aws() { printf '%s\\0' \"$@\" $'\\n' >&3; }\n"
    ran = subprocess.run(
        [BASH or "", "--norc", "-c", start + script],
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": ""},
        timeout=60,
    )
    calls: list[tuple[str, ...]] = []
    call: list[str] = []
    for word in ran.stdout.decode().split("\0")[:-1]:
        if word == "\n":
            calls.append(tuple(call))
            call = []
        else:
            call.append(word)
    return calls


def found(script: str) -> list[tuple[str, ...]]:
    simples = [simple.words for simple in Script(whole(script)).read()]
    calls = [words[1:] for words in simples if words[0].text == "aws"]
    # what `aws` prints is empty here
    return [tuple(word.text if word.is_known else "" for word in words) for words in calls]


@pytest.mark.slow
@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@settings(max_examples=150)
@given(st.lists(SCRIPTS, max_size=3).map("\n".join))
def test_calls_are_those_of_bash(script: str) -> None:
    # bash takes one of several ways, so there may be more
    assert set(made(script)) <= set(found(script))
