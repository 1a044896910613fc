"""Requests in calls of Python code and of notebooks."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import value_at
from sm_lint.model.settings import DEFAULTS
from sm_lint.requests.carriers import NoRequest
from sm_lint.requests.carriers import requests as requests_in
from sm_lint.requests.python_call import PROFILE
from sm_lint.requests.request import Request
from sm_lint.run.extracted import extracted
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.cases import Case, parametrize
from tests.support.linting import RULES, lint, settings_of
from tests.support.pointers import pointers, replaced
from tests.support.work import calls

CLIENT = 'import boto3\nsm = boto3.client("sagemaker")\n'
CALL = "sm.create_model_package(**d)\n"
UNREAD = "the call is not taken for a request, or nothing of it is known"
BASE = {
    "ModelPackageGroupName": "churn",
    "ModelPackageDescription": "June",
    "CustomerMetadataProperties": {"a": "b"},
    "InferenceSpecification": {
        "Containers": [
            {"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:1", "ModelDataUrl": "s3://abc/m.tar.gz"}
        ],
        "SupportedTransformInstanceTypes": ["ml.m5.large"],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    },
}


class Expression(str):
    """A text that stands in Python code as it is."""

    __slots__ = ()
    __repr__ = str.__str__


def python(text: str, name: str = "train.py") -> Document:
    return document.read(name, text.encode())


def notebook(*cells: Any) -> Document:
    listed = [{"cell_type": "code", "source": source} for source in cells]
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": "create_model_package"}, *listed]}, indent=1)
    return python(text, "train.ipynb")


def requests(read: Document) -> list[Request]:
    return requests_in(read, RULES.shapes, named=True)


def found(text: str) -> Any:
    """Return the request in a text, its unknown values, what may be absent, and what may have more."""
    read = requests(python(text))
    if not read:
        return UNREAD
    (request,) = read
    value = request.value
    for pointer in request.unknown:
        value = replaced(value, pointer, "?") if pointer else "?"
    paths = [sorted("/".join(map(str, pointer)) for pointer in of) for of in (request.optional, request.open)]
    return value, *paths


WHOLE = {"A": 1}


@pytest.mark.parametrize(
    ("code", "value", "optional", "opened"),
    [
        ("d = {'A': 1}", WHOLE, [], []),
        ("d = dict(A=1)", WHOLE, [], []),
        ("d = dict({'A': 0}, A=1)", WHOLE, [], []),
        ("d = {}\nd['A'] = 1", WHOLE, [], []),
        ("d = {}\nd.update(A=1)", WHOLE, [], []),
        ("d = {}\nd.update({'A': 1})", WHOLE, [], []),
        ("d = {}\nd |= {'A': 1}", WHOLE, [], []),
        ("d = {'A': 0} | {'A': 1}", WHOLE, [], []),
        ("e = {'A': 1}\nd = {**e}", WHOLE, [], []),
        ("e = {'A': 1}\nd = e.copy()\ne['A'] = 2", WHOLE, [], []),
        ("import copy\ne = {'A': [1]}\nd = copy.deepcopy(e)\ne['A'].append(2)", {"A": [1]}, [], []),
        ("e = d = {}\ne['A'] = 1", WHOLE, [], []),
        ("d: dict = {'A': 1}", WHOLE, [], []),
        ("d, e = {'A': 1}, 2", WHOLE, [], []),
        ("d = {'A': {}}\nd['A']['B'] = 1", {"A": {"B": 1}}, [], []),
        ("d = {'A': [{}]}\nd['A'][0]['B'] = 1", {"A": [{"B": 1}]}, [], []),
        ("a = {}\nd = {'A': a}\na['B'] = 1", {"A": {"B": 1}}, [], []),
        ("d = {'A': []}\nd['A'].append(1)\nd['A'] += [2]\nd['A'].extend((3,))", {"A": [1, 2, 3]}, [], []),
        ("d = {'A': (1, *[2])}", {"A": [1, 2]}, [], []),
        ("d = {'A': 1, 'B': 2}\ndel d['B']", WHOLE, [], []),
        ("d = {'A': 1, 'B': 2}\nd.pop('B')", WHOLE, [], []),
        ("d = {'A': 1}\nd.setdefault('A', 2)\nd.setdefault('B', 3)", {"A": 1, "B": 3}, [], []),
        ("x = 1\nd = {'A': x}", WHOLE, [], []),
        ("k = 'A'\nd = {k: 1}", WHOLE, [], []),
        ("d = {'A': -1}", {"A": -1}, [], []),
        ("d = {'A': None, 'B': True, 'C': 1.5}", {"A": None, "B": True, "C": 1.5}, [], []),
        ("d = {'A': 'a' 'b' + 'c'}", {"A": "abc"}, [], []),
        ("d = {'A': f'a'}", {"A": "a"}, [], []),
        ("import json\nd = {'A': json.dumps({'a': [1]})}", {"A": '{"a": [1]}'}, [], []),
        ("d = {'A': x}", {"A": "?"}, [], []),
        ("d = {'A': f'{x}'}", {"A": "?"}, [], []),
        ("d = {'A': 1 if x else 2}", {"A": "?"}, [], []),
        ("d = {'A': x or 1}", {"A": "?"}, [], []),
        ("d = {'A': b'x', 'B': {1}, 'C': ..., 'D': 1j}", {"A": "?", "B": "?", "C": "?", "D": "?"}, [], []),
        ("d = {'A': [x for x in y]}", {"A": "?"}, [], []),
        ("d = {'A': [*x, 1]}", {"A": [1]}, [], ["A"]),
        ("d = {'A': 1, **x}", {"A": "?"}, [], [""]),
        ("d = {**x, 'A': 1}", WHOLE, [], [""]),
        ("d = {'A': 1, x: 2}", {"A": "?"}, [], [""]),
        ("d = {'A': 1}\nd.update(x)", {"A": "?"}, [], [""]),
        ("d = {'A': 1}\nd[x] = 1", {"A": "?"}, [], [""]),
        ("d = {'A': 1, **({'B': 2} if x else {})}", {"A": 1, "B": 2}, ["B"], []),
        ("d = {'A': 1} if x else {'A': 2, 'B': {}}", {"A": "?", "B": {}}, ["B"], []),
        ("e = {'A': 1}\nd = {'B': 1, **(e if x else {})}", {"B": "?"}, [], [""]),
        ("e = d = {'A': 1}\nif x:\n  e = {}\ne['A'] = 2", UNREAD, [], []),
        ("e = {}\ne |= x\nd = e\nif x:\n  d['A'] = 1", {"A": "?"}, ["A"], [""]),
        ("e = {'A': 1, 'B': None}\nd = {k: v for k, v in e.items() if v}", {"A": 1, "B": "?"}, ["A", "B"], []),
        ("e = {'A': 1}\nd = {k: v for k, v in e.items()}", WHOLE, [], []),
        ("e = {'A': 1}\nd = {v: k for k, v in e.items()}", UNREAD, [], []),
        ("e = {'A': 1}\nd = {k: f(v) for k, v in e.items()}", UNREAD, [], []),
        ("import json\nd = {'A': json.dumps({'a': 1}, indent=1)}", {"A": '{\n "a": 1\n}'}, [], []),
        ("d = {'A': json.dumps(1, cls=x), 'B': pickle.dumps(1)}", {"A": "?", "B": "?"}, [], []),
        ("d = {}\nif x:\n  d['A'] = 1", WHOLE, ["A"], []),
        ("d = {}\nfor x in y:\n  d['A'] = 1", WHOLE, ["A"], []),
        ("d = {}\nwhile x:\n  d['A'] = 1", WHOLE, ["A"], []),
        ("d = {}\ntry:\n  d['A'] = 1\nexcept E:\n  pass", WHOLE, ["A"], []),
        ("d = {}\nwith x:\n  d['A'] = 1", WHOLE, ["A"], []),
        ("d = {}\nmatch x:\n  case 1:\n    d['A'] = 1", WHOLE, ["A"], []),
        ("d = {'A': 1}\nif x:\n  d['A'] = 2", {"A": "?"}, [], []),
        ("d = {'A': 1}\nif x:\n  del d['A']", WHOLE, ["A"], []),
        ("d = {'A': []}\nfor x in y:\n  d['A'].append(1)", {"A": [1]}, ["A/0"], ["A"]),
        ("d = {'A': 1}\nif x:\n  d.update({'A': 2, 'B': 3})", {"A": "?", "B": 3}, ["B"], []),
        ("e = {}\nif x:\n  e['A'] = 2\nd = {'A': 1, **e}", {"A": "?"}, [], []),
        ("x = 1\nif y:\n  x = 2\nd = {'A': x}", {"A": "?"}, [], []),
        ("if y:\n  x = 1\nd = {'A': x}", WHOLE, [], []),
        ("x = 1\nfor x in y:\n  pass\nd = {'A': x}", {"A": "?"}, [], []),
        ("x = 1\nx += 1\nd = {'A': x}", {"A": "?"}, [], []),
        ("x = 1\nimport x\nd = {'A': x}", {"A": "?"}, [], []),
        ("x = 1\n(x := 2)\nd = {'A': x}", {"A": 2}, [], []),
        ("d = {'A': 1}\nprint(d)\nlogger.info('%s', d)\nlen(d)\nd == 1\nf'{d}'", WHOLE, [], []),
        ("d = {'A': {'B': 1}}\nf(d['A'])", {"A": "?"}, [], []),
        ("d = {'A': {'B': 1}}\nfor x in d.values():\n  x['B'] = 2", UNREAD, [], []),
        ("d = {'A': 1}\nf(d)", UNREAD, [], []),
        ("d = {'A': 1}\nx.y = d", UNREAD, [], []),
        ("d = {'A': 1}\nx = [d]\nf(x)", UNREAD, [], []),
        ("d = {'A': 1}\nd.clear()", UNREAD, [], []),
        ("d = {'A': 1}\ndef f():\n  d['A'] = 2\nf()", UNREAD, [], []),
        ("d = {'A': 1}\ndef f():\n  global d\n  d = {}\nf()", UNREAD, [], []),
        ("d = {'A': 1}\ndel d", UNREAD, [], []),
        ("if x:\n  d = {'A': 1}\nelse:\n  d = {'A': 2}", UNREAD, [], []),
        ("d = x", UNREAD, [], []),
        ("d = {'A': 1}\nd = x(d)", UNREAD, [], []),
    ],
)  # fmt: skip
def test_what_is_known_of_a_dictionary(code: str, value: Any, optional: list[str], opened: list[str]) -> None:
    expected = UNREAD if value is UNREAD else (value, optional, opened)
    assert found(f"{CLIENT}{code}\n{CALL}") == expected
    inside = "\n".join(f"  {line}" for line in f"{code}\n{CALL}".splitlines())
    if "global" not in code and "def " not in code:
        assert found(f"{CLIENT}def g():\n{inside}\n") == expected


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("A = 'x'\ndef f():\n  sm.create_model_package(Domain=A)", {"Domain": "x"}),
        ("def f():\n  sm.create_model_package(Domain=A)\nA = 'x'", {"Domain": "x"}),
        ("A = 'x'\nA = 'y'\ndef f():\n  sm.create_model_package(Domain=A)", {"Domain": "?"}),
        ("A = 'x'\ndef f(A):\n  sm.create_model_package(Domain=A)", {"Domain": "?"}),
        ("A = 'x'\ndef g():\n  global A\n  A = 'y'\ndef f():\n  sm.create_model_package(Domain=A)", {"Domain": "?"}),
        ("A = 'x'\ndef f():\n  A = g()\n  def h():\n    sm.create_model_package(Domain=A)", {"Domain": "?"}),
        ("A = 'x'\nclass C:\n  A = 'y'\n  def f(self):\n    sm.create_model_package(Domain=A)", {"Domain": "x"}),
        ("A = ''\ndef f():\n  sm.create_model_package(Domain=A)", {"Domain": "?"}),
        ("D = {'Domain': 'x'}\ndef f():\n  sm.create_model_package(**D)", {"Domain": "x"}),
        ("D = ['x']\ndef f():\n  sm.create_model_package(Tags=D)", {"Tags": ["x"]}),
        ("D = ['x']\nD.append('y')\ndef f():\n  sm.create_model_package(Tags=D)", {"Tags": "?"}),
        ("D = ['x']\ndef g():\n  D.append('y')\ndef f():\n  sm.create_model_package(Tags=D)", {"Tags": "?"}),
    ],
)
def test_constants(code: str, value: Any) -> None:
    assert found(CLIENT + code) == (value, [], [])


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("sm.create_model_package(Foo=1)", 1),
        ("sm.create_model_package()", 1),
        ("sm.create_model_package('a')", 0),
        ("sm.create_model_package(**x)", 0),
        ("boto3.Session().client(service_name='sagemaker').create_model_package(Foo=1)", 1),
        ("self.x = s.client('sagemaker')\nself.x.create_model_package(Foo=1)", 1),
        ("x = y or boto3.client('sagemaker')\nx.create_model_package(Foo=1)", 1),
        ("with boto3.client('sagemaker') as x:\n  x.create_model_package(Foo=1)", 1),
        ("x = boto3.client('s3')\nx.create_model_package(Foo=1)", 0),
        ("x.create_model_package(path, Domain='x', ModelPackageName='y')", 0),
        ("x.create_model_package(ModelPackageName='y', Domain='x')", 1),
        ("x.create_model_package(**{'ModelPackageName': 'y'})", 1),
        ("x.create_model_package(ModelPackageName='y', foo='x')", 0),
        ("x.create_model_package(Domain='x')", 0),
        ("create_model_package(ModelPackageName='y')", 0),
        ("x.create_model_package.assert_called_with(ModelPackageName='y')", 0),
        ("# x.create_model_package(ModelPackageName='y')", 0),
        ("x = '''x.create_model_package(ModelPackageName='y')'''", 0),
        ("async def f():\n  await x.create_model_package(ModelPackageName='y')", 1),
        ("[x.create_model_package(ModelPackageName=y) for y in z]", 1),
        ("try:\n  x.create_model_package(ModelPackageName='y')\nfinally:\n  pass", 1),
        ("if x:\n  pass\nelif y:\n  x.create_model_package(ModelPackageName='y')", 1),
        ("with pytest.raises(ClientError):\n  sm.create_model_package(Foo=1)\nsm.create_model_package(Foo=1)", 1),
        ("with self.assertRaises(ClientError) as e, x:\n  sm.create_model_package(Foo=1)", 0),
        ("with self.assertRaisesRegex(ClientError, 'x'):\n  sm.create_model_package(Foo=1)", 0),
        ("with x.raised():\n  sm.create_model_package(Foo=1)", 1),
        ("@pytest.mark.xfail(reason='x')\ndef test_x():\n  sm.create_model_package(Foo=1)", 0),
        ("@pytest.mark.slow\ndef test_x():\n  sm.create_model_package(Foo=1)", 1),
        ("x = MagicMock()\nx.create_model_package(ModelPackageName='y')", 0),
        ("self.x = mock.Mock(spec=y)\nself.x.create_model_package(ModelPackageName='y')", 0),
        ("async with s.create_client('sagemaker') as x:\n  x.create_model_package(Foo=1)", 1),
        ("m.register(content_types=['a'], response_types=['b'])  # a model_package", 1),
        ("m.register(['a'], ['b'], model_package_group_name='a')", 1),
        ("RegisterModel(name='n', estimator=e, model_package_group_name='a')", 1),
        ("ModelPackage.create(model_package_group_name='a', tags=[])", 1),
        ("Model.create(model_package_group_name='a')", 0),
        ("register(content_types=['a'], response_types=['b'])", 0),
        ("m.register(workspace=w, model_name='a', description='b')", 0),
        ("m.register(model_package_group_name='a', other=1)", 0),
        ("atexit.register(f)", 0),
    ],
)
def test_which_calls_are_requests(code: str, count: int) -> None:
    assert len(requests(python(f"{CLIENT}{code}\n"))) == count


def test_the_arguments_of_the_sdk() -> None:
    text = (
        "model.register(content_types=['text/csv'], inference_instances=x, transform_instances=['ml.m5.xlarg'],\n"
        " model_package_group_name='a_b', description=None, image_uri=i, approval_status='approved')"
    )
    (request,) = requests(python(text))
    specification = {
        "SupportedContentTypes": ["text/csv"],
        "SupportedRealtimeInferenceInstanceTypes": "x",
        "SupportedTransformInstanceTypes": ["ml.m5.xlarg"],
    }
    assert request.value == {
        "ModelPackageGroupName": "a_b", "ModelApprovalStatus": "approved", "InferenceSpecification": specification,
    }  # fmt: skip
    assert request.open == {(), ("InferenceSpecification",)}
    messages = {d.code: d.message for d in lint(python(text))}
    assert messages.keys() == {"SM106", "SM222", "SM303"}
    assert "`transform_instances`" in messages["SM303"]
    assert "`approval_status`" in messages["SM106"]


def test_a_resource_of_the_sdk_has_the_names_of_the_members() -> None:
    text = "ModelPackage.create(model_package_group_name='a', model_approval_status='approved', domain='x')"
    messages = {d.code: d.message for d in lint(python(text))}
    assert "`model_approval_status`" in messages["SM106"]


def marked(read: Document, of: Diagnostic) -> str:
    return read.text[of.range.start.offset : of.range.end.offset]


def test_places_are_where_a_value_or_a_key_is_written() -> None:
    text = (
        f"{CLIENT}GROUP = 'é_b'\n"
        "d = {'Tags': [{'Key': 'a', 'Valu': 'ü'}], 'Domain': 'é' 'x'}\n"
        "d['Task'] = None; d.update(Foo=1)\n"
        'é = sm.create_model_package(ModelPackageGroupName=GROUP, **d, ModelApprovalStatus="approved",\n'
        "    InferenceSpecification=dict(\n"
        '        Containers=[{"Image": "i", "ModelInput": {"DataInputConfig": """{\'a\':\n 1}"""}}]))\n'
    )
    read = python(text)
    places = {(d.code, d.pointer): marked(read, d) for d in lint(read)}
    assert places["SM222", "/ModelPackageGroupName"] == "'é_b'"
    assert places["SM101", "/Tags/0/Valu"] == "'Valu'"
    assert places["SM101", "/Foo"] == "Foo"
    assert places["SM104", "/Task"] == "None"
    assert places["SM106", "/ModelApprovalStatus"] == '"approved"'


def test_what_a_line_magic_times_is_read() -> None:
    read = notebook(CLIENT, "for x in y:\n  %time x = sm.create_model_package(Foo=1)\n%timeit -n 3 x = 1\n%time\n")
    (found,) = (d for d in lint(read) if d.code == "SM101")
    assert marked(read, found) == "Foo"


@pytest.mark.parametrize("is_one_line", [False, True])
def test_a_notebook_is_read_cell_by_cell(is_one_line: bool) -> None:
    first = f"%matplotlib inline\n!pip install boto3\n{CLIENT}region = !aws configure get region\nif sm:\n    !ls"
    second = "%%bash\nls $GROUP 'é"
    third = (
        "%%time\nsm?\ngroup = 'é_b'\ntext = '''\n% text\n'''\n"
        "sm.create_model_package(ModelPackageGroupName=group, ClientToken=GROUP, ModelPackageDescription=region,\n"
        '  # sm-lint: ignore[SM101]\n  Foo="\\u00e9",\n  Bar=1)'
    )
    read = notebook(
        *(cell if is_one_line else cell.splitlines(keepends=True) for cell in (first, "GROUP = 'x'", second, third))
    )
    (request,) = requests(read)
    assert request.unknown == {("ClientToken",): None, ("ModelPackageDescription",): None}
    found = {(d.code, marked(read, d)) for d in lint(read)}
    assert found == {("SM222", "'\\u00e9_b'"), *([] if is_one_line else [("SM101", "Bar")])}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x.create_model_package(ModelPackageName='a_b')  # sm-lint: ignore[SM221]: old\n", []),
        ("# sm-lint: ignore[SM221]\nx.create_model_package(ModelPackageName='a_b')\n", []),
        ("x.create_model_package(ModelPackageName='a_b')\n# sm-lint: ignore[SM221]\n", ["SM221", "SM901"]),
        ("x = '''\n# sm-lint: ignore[SM221]\n'''; x.create_model_package(ModelPackageName='a_b')\n", ["SM221"]),
        ("x.create_model_package(ModelPackageName='a_b')  # sm-lint: ignore SM221\n", ["SM221", "SM903"]),
        ("x.create_model_package(ModelPackageName=  # sm-lint: ignore[SM221]\n 'a_b')\n", ["SM221", "SM901"]),
    ],
)
def test_a_comment_suppresses_what_is_on_its_line(text: str, lines: list[str]) -> None:
    assert sorted(d.code for d in lint(python(text)) if d.code != "SM215") == lines


def written(value: Any, way: str) -> str:
    """Return code that sends a request; `way` is how it is put together."""
    if way == "keywords":
        return f"{CLIENT}sm.create_model_package(**{value!r})\n"
    if way == "name":
        return f"{CLIENT}def f(given):\n  d = {value!r}\n  sm.create_model_package(**d)\n"
    steps = "".join(f"d[{key!r}] = {child!r}\n" for key, child in value.items())
    return f"{CLIENT}d = {{}}\n{steps}{CALL}"


WAYS = ("keywords", "name", "steps", "notebook")


@parametrize("invalid")
def test_a_request_has_the_same_findings_in_code(case: Case) -> None:
    read, way = case.read(), WAYS[(int(case.rule.code[2:]) + case.number) % len(WAYS)]
    if not isinstance(read.value, dict) or read.problems or read.unknown or case.rule.code[:3] in ("SM0", "SM9"):
        return
    if len(read.text) > 20_000:
        return
    settings = case.settings(given=())
    alone = lint(read, settings)
    code = written(read.value, way)
    moved = lint(notebook(code) if way == "notebook" else python(code), settings)
    applying = [d for d in alone if PROFILE.applies(d.code)]
    assert sorted((d.code, d.pointer, d.inner_pointer) for d in moved) == sorted(
        (d.code, d.pointer, d.inner_pointer) for d in applying
    )


OF_TYPE = {"f'{given}'": str, "given + 'a'": str, "{**given}": dict}
UNKNOWN = [Expression(text) for text in ("given", "f()", "a.b[0]", "[*given][0]", *OF_TYPE)]
EVERYTHING = settings_of({"select": ["ALL"]})


@parametrize("valid")
def test_what_is_unknown_adds_no_finding(case: Case) -> None:
    read = case.read()
    if not isinstance(read.value, dict) or read.problems or read.unknown or len(read.text) > 4000:
        return
    settings = case.settings(given=())._replace(select=EVERYTHING.select)
    before = {d.code for d in lint(python(written(read.value, "keywords")), settings)}
    for number, pointer in enumerate(pointers(read.value)):
        what = UNKNOWN[number % len(UNKNOWN)]
        if isinstance(value_at(read.value, pointer), OF_TYPE.get(what, object)):
            code = written(replaced(read.value, pointer, what), "keywords")
            assert {d.code for d in lint(python(code), settings)} <= before, (pointer, what)


@pytest.mark.parametrize("member", BASE)
def test_what_may_be_absent_is_neither_missing_nor_too_much(member: str) -> None:
    rest = {key: child for key, child in BASE.items() if key != member}
    code = f"{CLIENT}d = {rest!r}\nif given:\n  d[{member!r}] = {BASE[member]!r}\n{CALL}"
    assert [d.code for d in lint(python(code))] == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(:\n  x.create_model_package(ModelPackageName='a_b')",
        "x.create_model_package(ModelPackageName='a_b'",
        "x.create_model_package(ModelPackageName='a_b')\0",
        "x = " + "(" * 1000 + ")" * 1000 + "\nx.create_model_package(ModelPackageName='a_b')",
        "x = " + "-" * 5000 + "1\nx.create_model_package(ModelPackageName='a_b')",
        "x = a" + ".b()" * 5000 + "\nx.create_model_package(ModelPackageName='a_b')",
        "import model_package",
        "",
    ],
)
def test_what_cannot_be_parsed_or_has_no_call_is_passed_over(text: str) -> None:
    assert lint(python(text)) == []
    with pytest.raises(NoRequest):
        requests_in(python(text), RULES.shapes)


@pytest.mark.parametrize(
    "text",
    [
        '{"cells": 1, "a": "model_package"}', '{"cells": [1, {}, {"cell_type": "code"}], "a": "model_package"}',
        '{"cells": [{"cell_type": "code", "source": [1, null, "create_model_package"]}]}', '{"cells": ["model_package"',
        '{"cells": [{"cell_type": "code", "source": "\\ud800model_package"}]}',
    ],
)  # fmt: skip
def test_half_a_notebook_is_passed_over(text: str) -> None:
    assert lint(python(text, "a.ipynb")) == []


def test_a_warning_of_the_parser_is_not_shown() -> None:
    assert found("x.create_model_package(ModelPackageName='\\d')") == ({"ModelPackageName": "\\d"}, [], [])


def test_there_are_no_fixes() -> None:
    found = lint(python("x.create_model_package(ModelPackageGroupName='a', ModelApprovalStatus='approved')"))
    assert [(d.code, d.fix) for d in found] == [("SM106", None)]


def test_an_unknown_value_is_extracted_as_it_is_written() -> None:
    (request,) = requests(python("x.create_model_package(ModelPackageName=f'a-{b}', Tags=tags(1,\n 2))"))
    of = extracted(request, DEFAULTS)
    assert of
    assert of.request == {"ModelPackageName": "f'a-{b}'", "Tags": "tags(1,\n 2)"}


SIZES: dict[str, Callable[[int], str]] = {
    "assignments": lambda n: "d = {}\n" + "".join(f"d['k{i}'] = {i}\n" for i in range(n)) + CALL,
    "calls": lambda n: "d = {'Domain': 'x'}\n" + CALL * n,
    "constants": lambda n: "".join(f"A{i} = 'x'\n" for i in range(n))
    + "def f():\n  d = {" + ",".join(f"'k{i}': A{i}" for i in range(n)) + f"}}\n  {CALL}",
    "shared": lambda n: "x = ['a']\n" + "x = [x, x]\n" * n + "d = {'Domain': x}\n" + CALL,
    "copies": lambda n: "d = {}\n" + "".join(f"d = {{**d, 'k{i}': {i}}}\n" for i in range(n)) + CALL,
    "text": lambda n: "s = 'a'\n" + "s = s + s\n" * n + "d = {'Domain': s}\n" + CALL,
    "branches": lambda n: "d = {}\nif x:\n  pass\n" + "".join(f"elif y{i}:\n  d['a'] = 1\n" for i in range(n)) + CALL,
    "loops": lambda n: "d = {}\n" + "for x in y:\n  d['a'] = 1\n  sm.create_model_package(**d)\n" * n,
    "functions": lambda n: "def f():\n  d = {'Domain': 'x'}\n  sm.create_model_package(**d)\n" * n,
    "a long line": lambda n: "d = {" + ",".join(f"'é{i}': 1" for i in range(n)) + "}\n" + CALL,
    "comments": lambda n: "d = {'Domain': 'x'}\n" + "# sm-lint: ignore[SM101]\n" * n + CALL,
    "itself": lambda n: "d = {}\n" + "d['a'] = d\n" * n + CALL,
}  # fmt: skip


@pytest.mark.parametrize("kind", SIZES)
def test_the_work_grows_with_the_size(kind: str) -> None:
    def work(count: int) -> int:
        return calls(lambda: requests(python(CLIENT + SIZES[kind](count))))

    assert work(1600) < 4.4 * work(400)
