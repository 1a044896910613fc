"""Suppression by comments in scripts, and in files that have scripts inside."""

import pytest

from sm_lint.sources.document import read
from sm_lint.sources.shell.comments import comments, stretches
from tests.support.linting import outcome
from tests.support.work import calls

IGNORE = "# sm-lint: ignore[SM203]"
AWS = "aws sagemaker create-model-package"
LINE = f"{AWS} --model-package-group-name churn --tags Key=a,Value=b"
LINES = f"{AWS} \\\n  --model-package-group-name churn \\\n  --tags Key=a,Value=b"
JSON = f'{AWS} --model-package-group-name churn --tags \'[\n  {{"Key": "a", "Value": "b"}}\n]\''
GOOD = f"{AWS} --model-package-group-name churn"


def codes_of(name: str, text: str) -> list[str]:
    return [d.code for d in outcome(read(name, text.encode())).diagnostics]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (LINE, ["SM203"]),
        (f"{LINE} {IGNORE}", []),
        (f"{LINE}; {IGNORE}", []),
        (f"{LINE}\t#sm-lint:ignore[SM203]: a reason", []),
        (f"{LINE} {IGNORE} until 2020-01-31", ["SM203", "SM902"]),
        (f"{LINE} # sm-lint: ignore[SM9999]", ["SM203", "SM903"]),
        (f"{IGNORE}\n{LINE}", []),
        (f"  {IGNORE}\n  # more\n  {LINE}", []),
        (f"{IGNORE}\r\n{LINE}\r\n", []),
        (f"{IGNORE}\n\n{LINE}", ["SM901", "SM203"]),
        (f"{IGNORE}\n{GOOD}\n{LINE}", ["SM901", "SM203"]),
        (f"{LINE}\n{IGNORE}", ["SM203", "SM901"]),
        # A command of several lines: above it, or behind it.
        (f"{IGNORE}\n{LINES}", []),
        (f"{LINES} {IGNORE}", []),
        (f"{IGNORE}\n{JSON}", []),
        (f"{JSON}  {IGNORE}", []),
        (f"{JSON} >out {IGNORE}", []),
        (f"{IGNORE}\nif true; then\n{LINES}\nfi", ["SM901", "SM203"]),
        (f"if true; then\n{IGNORE}\n{LINES}\nfi", []),
        (f"{IGNORE}\nARN=$({LINES})", []),
        (f"{IGNORE}\n{LINES}\n{LINES}", ["SM203"]),
        (f"{LINES}\n{LINES} {IGNORE}", ["SM203"]),
        (f"{IGNORE}\n{LINES}\n{IGNORE}\n{LINES}", []),
        (f"{IGNORE}\n{LINES} {IGNORE}", []),
        # What is no comment.
        (f"{LINE} --domain '{IGNORE}'", ["SM203"]),
        (f"{LINE} --domain 'a\n{IGNORE}\n'", ["SM203"]),
        (f"echo '{IGNORE}'\n{LINE}", ["SM203"]),
        (f'echo "a {IGNORE}"\n{LINE}', ["SM203"]),
        (f"echo \\'a {IGNORE}\n{LINE}", ["SM901", "SM203"]),
        (f"echo a{IGNORE}\n{LINE}", ["SM203"]),
        (f"// sm-lint: ignore[SM203]\n{LINE}", ["SM203"]),
    ],
)
def test_a_shell_script(text: str, codes: list[str]) -> None:
    assert codes_of("a.sh", text) == codes


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("Makefile", f"all:\n\t{IGNORE}\n\t{LINES}\n", []),
        ("Makefile", f"all:\n{IGNORE}\n\t@{LINE}\n", []),
        ("Makefile", f"{IGNORE}\nall:\n\t{LINE}\n", ["SM901", "SM203"]),
        ("Dockerfile", f"FROM x\n{IGNORE}\nRUN {LINES}\n", []),
        ("Dockerfile", f"FROM x\nRUN {AWS} --model-package-group-name a \\\n {IGNORE}\n --tags Key=a,Value=b\n", []),
        ("Jenkinsfile", f"// sm-lint: ignore[SM203]\nsh '{LINE}'\n", []),
        ("a.groovy", f"sh '{LINE}'  // sm-lint: ignore[SM203]\n", []),
        ("a.groovy", f'sh """\n{IGNORE}\n{LINE}\n"""\n', []),
        ("m.tf", f'// sm-lint: ignore[SM203]\ncommand = "{LINE}"\n', []),
        ("m.tf", f'{IGNORE}\ncommand = "{LINE}"\n', []),
        ("m.tf", f"command = <<EOT\n{IGNORE}\n{LINE}\nEOT\n", []),
        ("R.md", f"```sh\n{IGNORE}\n{LINES}\n```\n", []),
        ("R.md", f"```console\n$ {LINE} {IGNORE}\n```\n", []),
        ("R.md", f"{IGNORE}\n```sh\n{LINE}\n```\n", ["SM203"]),
        ("R.md", f"```yaml\n{IGNORE}\n```\n```sh\n{LINE}\n```\n", ["SM203"]),
        ("w.yml", f"run: {LINE}  {IGNORE}\n", []),
        ("w.yml", f"{IGNORE}\nrun: {LINE}\n", []),
        ("w.yml", f"run: |\n  {IGNORE}\n  {LINE}\n", []),
        ("w.yml", f"run: |\n  echo\n  {LINE} {IGNORE}\n", []),
        ("w.yml", f"run: |  {IGNORE}\n  {LINE}\n", []),
        ("w.yml", f"run: >-  {IGNORE}\n  {AWS} --model-package-group-name a\n  --tags Key=a,Value=b\n", []),
        ("w.yml", f"{IGNORE}\nrun: >-\n  {AWS} --model-package-group-name a\n  --tags Key=a,Value=b\n", []),
        ("w.yml", f'run: "{LINE} {IGNORE}"\n', []),
        ("w.yml", f"script:\n  - {LINE}  {IGNORE}\n  - {LINE}\n", ["SM203"]),
        ("w.yml", f"run: |\n  {GOOD} {IGNORE}\n", ["SM901"]),
        ("w.yml", f"a: '{IGNORE}'\nrun: {LINE}\n", ["SM203"]),
        ("w.yml", f"a: |\n  {IGNORE}\nrun: {LINE}\n", ["SM203"]),
    ],
)
def test_a_file_with_scripts(name: str, text: str, codes: list[str]) -> None:
    assert codes_of(name, text) == codes


def test_comments_have_places() -> None:
    text = f"{LINE} {IGNORE}: why  \n"
    ((start, end, content),) = comments("a.sh", text)
    assert text[start:end] == f"{IGNORE}: why"
    assert content == "ignore[SM203]: why"
    assert [text[slice(*found)] for found in stretches("a.sh", text)] == [LINE]


@pytest.mark.parametrize("name", ["a.sh", "w.yml"])
@pytest.mark.parametrize("kind", [f"{LINE} {IGNORE}", f"{LINES}", f"{IGNORE} '", f"{IGNORE} "])
def test_the_work_grows_with_the_text(name: str, kind: str) -> None:
    def work(count: int) -> int:
        text = "\n".join(f"  {line}" for line in "\n".join([LINE, *([kind] * count)]).split("\n"))
        document = f"run: |\n{text}" if name == "w.yml" else text
        return calls(lambda: (list(comments(name, document)), stretches(name, document)))

    assert work(200) < 4.4 * work(50)
