"""The readers against what the CLI itself uses: ruamel.yaml for YAML, json.loads over strict UTF-8 for JSON."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.oracle import compare

pytestmark = pytest.mark.slow

_SCALARS = (
    "a b yes no true True ~ null None 1 010 0x1F 0o17 1_000 +1 -7 1e3 .5 1. 2.1 .nan -.inf 12:30:45 089 = << "
    '2024-01-01 2024-13-45 2024-01-01T10:00:00Z 1.12.0 \'q\' "d" \'it\'\'s\' "\\u00e9\\n" "\\d" "\\ud83d" @x `x %x '
    "*x *y &x &y !!str !!int !!float !!bool !!binary !!set !!omap !!pairs !!timestamp !Ref !x! !<tag:x> ! !! "
    "é 😀 \x85 \u2028 \ufeff \x07 \x00 | > |- >+ |2 # #x x#y x:y a:b -x - ? : , [ ] { }"
)
SCALARS = st.sampled_from(_SCALARS.split(" "))
_BREAKS = ["\n", "\n  ", "\n    ", "\n\n", "\r\n", "\r", " # c\n"]
_INDICATORS = [" ", "  ", "\t", ": ", ":\n  ", "- ", "\n- ", "? ", "\n? ", "\n: ", "<<: ", ", ", "[", "]", "{", "}"]
_DOCUMENTS = ["\n---\n", "\n...\n", "%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%YAML 1.3\n---\n"]
JOINTS = st.sampled_from([*_BREAKS, *_INDICATORS, *_DOCUMENTS])
SOUP = st.lists(st.one_of(SCALARS, JOINTS), max_size=24).map("".join)


@st.composite
def _yaml_block(draw: st.DrawFn, indent: int = 0) -> str:
    """Draw YAML that is mostly right: a mapping or sequence in block style, with some scalars of all forms."""
    pad = " " * indent
    lines = []
    keys = st.sampled_from(["a", "b", "c", "1", "'a'", "true", "<<", "? d", "&k e", "*x", "!!str f"])
    for _ in range(draw(st.integers(1, 4))):
        mark = draw(st.sampled_from(["{key}:", "{key}:", "{key}:", "-"])).format(key=draw(keys))
        kind = draw(st.integers(0, 5))
        if kind == 0 and indent < 6:
            lines.append(f"{pad}{mark}\n{draw(_yaml_block(indent + 2))}")
        elif kind == 1:
            style = draw(st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1-"]))
            comment = draw(st.sampled_from(["", " # c"]))
            inner = draw(
                st.lists(st.sampled_from(["x", " y", "", "# no comment", "z: 1", "\tt"]), min_size=1, max_size=4)
            )
            lines.append(f"{pad}{mark} {style}{comment}\n" + "\n".join(f"{pad}  {line}" for line in inner))
        elif kind == 2:
            lines.append(f"{pad}{mark} {draw(_yaml_flow())}")
        else:
            anchor = draw(st.sampled_from(["", "", "", "&x ", "!!str ", "&y !!int "]))
            gap = draw(st.sampled_from([" ", " ", " ", "  ", "\t", f"\n{pad}   "]))
            comment = draw(st.sampled_from(["", "", " # c", "\t# c"]))
            lines.append(f"{pad}{mark}{gap}{anchor}{draw(SCALARS)}{comment}")
    return str(draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(lines))


@st.composite
def _yaml_flow(draw: st.DrawFn, depth: int = 0) -> str:
    if depth > 2 or draw(st.booleans()):
        return str(draw(SCALARS))
    parts = draw(st.lists(_yaml_flow(depth + 1), max_size=3))
    comma = draw(st.sampled_from([", ", ",", ",\n  ", ",\t"]))
    if draw(st.booleans()):
        return "[" + comma.join(parts) + "]"
    return "{" + comma.join(f"{key}: {part}" for key, part in zip("abc", parts, strict=False)) + "}"


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(SOUP, _yaml_block(), _yaml_flow(), st.text(max_size=20)))
@example("a: 1\nx: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n  d: 2\n")
@example("%YAML 1.1\n---\na: 010\nb: !Ref x\n")
@example("a: &x [*x]\n")
@example("a\n...\na")
@example("a\n...\n%YAML 1.3\n---\n")
@example("- &x {a: 1}\n- {<<: [*x, *x]}\n")
def test_yaml_is_read_as_ruamel_reads_it(text: str) -> None:
    compare("request.yaml", text.encode(errors="replace"))


JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)
_JSON_PIECES = (
    '{ } [ ] , : "a" "b" "" "\\u0061" "\\ud800" "\\d" "a\nb" "\x00" \' \'a\' 1 -1 01 +1 1.0 1e2 1E400 -0 .5 1. NaN '
    "Infinity -Infinity true True null None // # /* */ \n \t \r \x0c \u00a0 é \ufeff \\ x"
)
JSON_PIECES = st.sampled_from(_JSON_PIECES.split(" "))


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        JSON_VALUES.map(lambda value: json.dumps(value).encode()),
        JSON_VALUES.map(lambda value: json.dumps(value, ensure_ascii=False, indent=1).encode(errors="surrogatepass")),
        st.lists(JSON_PIECES, max_size=16).map(lambda parts: "".join(parts).encode(errors="surrogatepass")),
        st.binary(max_size=24),
    )
)
def test_json_is_read_as_python_reads_it(data: bytes) -> None:
    compare("request.json", data)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["request.json", "request.yaml", "request"]))
def test_no_bytes_make_it_crash(data: bytes, name: str) -> None:
    compare(name, data)
