"""The commands in scripts and in the files around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources.shell.commands import Command, commands
from tests.support.work import calls

CALL = "aws sagemaker create-model-package"


def shown(command: Command) -> list[str]:
    """The words behind the operation: what is unknown in quotes of its own, and a plus if it may be several."""
    return [of_word(command, index) for index in range(command.first, len(command.words))]


def of_word(command: Command, index: int) -> str:
    word = command.words[index]
    parts, last = [], 0
    for start, end in word.decoded.unknown:
        parts += [word.text[last:start], "«", word.text[start:end], "»"]
        last = end
    return "".join(parts) + word.text[last:] + "+" * word.is_several


def found(name: str, text: str) -> list[list[str]]:
    return [shown(command) for command in commands(name, text)]


@pytest.mark.parametrize(
    "script",
    [
        f"{CALL} --a b",
        f"X=1 sudo -E {CALL} --a b",
        f"env X=1 time {CALL} --a b",
        f"! {CALL} --a b || exit 1",
        f"if ! {CALL} --a b; then x; fi",
        f"ARN=$({CALL} --a b)",
        f'ARN="$({CALL} --a b | jq -r .x)"',
        f"ARN=`{CALL} --a b`",
        f"local ARN=$({CALL} --a b)",
        f"f() {{ {CALL} --a b; }}",
        f"for i in 1 2; do {CALL} --a b > out.json 2>&1; done",
        f"(cd x && {CALL} --a b)",
        f"{CALL} --a b | tee x & y",
        f"case x in a) {CALL} --a b ;; esac",
        f"x || {{ {CALL} --a b; }}",
        "/usr/local/bin/aws sagemaker create-model-package --a b",
        '"$AWS_CLI" sagemaker create-model-package --a b',
        "docker run --rm -it amazon/aws-cli:2.15.0 sagemaker create-model-package --a b",
        f"bash -c '{CALL} --a b'",
        f'bash -lc "{CALL} --a b"',
        f'eval "{CALL} --a b"',
        f"bash <<'E'\n{CALL} --a b\nE\n",
        f"cat > x.sh <<'E'\n{CALL} --a b\nE\n",
        f"{CALL} \\\n  --a b # c\n",
        f"{CALL} --a b\r\n",
        f"aws sagemaker create-model-package-group --c d\n{CALL} --a b\n",
        f"{CALL} --a b\necho 'half",
        "A='aws'\n$A sagemaker create-model-package --a b",
    ],
)
def test_a_command_is_found(script: str) -> None:
    assert found("a.sh", script) == [["--a", "b"]]


@pytest.mark.parametrize(
    "script",
    [
        f"# {CALL} --a b",
        f"echo {CALL} --a b",
        f'echo "{CALL} --a b"',
        f"grep {CALL} x",
        f"cat <<E\n{CALL} --a b\nE\n",
        f"x='{CALL} --a b'",
        f"{CALL} help",
        f"xargs {CALL} --a b",
        f"{CALL} --a 'b",
        f"A=({CALL} --a b)",
        "aws sagemaker create-model-package-group --a b",
        "aws sagemaker describe-model --a create-model-package",
        "aws s3 sagemaker create-model-package",
        "sagemaker create-model-package --a b",
    ],
)
def test_what_is_no_command_is_passed_over(script: str) -> None:
    assert found("a.sh", script) == []


@pytest.mark.parametrize("name", ["a.py", "a.txt", "a", "a.ps1", "a.json"])
def test_a_file_of_another_kind_is_passed_over(name: str) -> None:
    assert found(name, f"{CALL} --a b\n") == []
    assert found(name, f"#!/usr/bin/env python\n{CALL} --a b\n") == []


@pytest.mark.parametrize("shebang", ["#!/bin/sh", "#!/usr/bin/env bash", "#! /bin/bash -e", "#!/usr/bin/env -S zsh -f"])
def test_a_file_without_an_extension_is_a_script_by_its_first_line(shebang: str) -> None:
    assert found("bin/register", f"{shebang}\n{CALL} --a b\n") == [["--a", "b"]]


def test_global_options_may_stand_before_the_names() -> None:
    (command,) = commands(
        "a.sh", "run aws --region $R --debug --profile=p sagemaker --output json create-model-package --a b"
    )
    assert [of_word(command, index) for index in command.before] == [
        "--region",
        "«$R»+",
        "--debug",
        "--profile=p",
        "--output",
        "json",
    ]
    assert shown(command) == ["--a", "b"]


def test_the_words_are_one_text_with_places() -> None:
    script = f"x\n  {CALL} --a 'b c'\"$D\" '' --e \\\"f\n"
    (command,) = commands("a.sh", script)
    virtual = command.virtual()
    assert [virtual.text[slice(*extent)] for extent in virtual.words[3:]] == ["--a", "b c$D", "", "--e", '"f']
    assert virtual.text == "\n".join(word.text for word in command.words)
    assert [virtual.text[slice(*known)] for known in virtual.mapped.unknown] == ["$D"]
    assert script[slice(*virtual.locate(*virtual.words[4]))] == "b c'\"$D"
    empty = virtual.words[5]
    assert virtual.locate(*empty) == (script.index("''"), script.index("''"))
    assert script[slice(*virtual.locate(virtual.words[7][0], virtual.words[7][1]))] == '\\"f'
    assert script[command.start : command.end] == script[4:-1]


WRITES = [
    ("cat > r.json <<'E'\n{}\nE\n", [("r.json", "{}\n")]),
    ('cat <<E >r.json\n{"a": "$B"}\nE\n', [("r.json", '{"a": "$B"}\n')]),
    ("tee $T/r.json <<E >/dev/null\n{}\nE\n", [("$T/r.json", "{}\n")]),
    ("echo '{}' > r.json\n", [("r.json", "{}")]),
    ("echo '{}' > r.json\necho '[]' > r.json\n", [("r.json", "[]")]),
    ("echo '{}' > r.json\necho '[]' >> r.json\n", []),
    ("jq . x > r.json\n", []),
    ("cat x - <<E > r.json\n{}\nE\n", []),
    ("echo $X > r.json\n", []),
    ("echo '{}' > q.json\n", []),
    ("echo '{}' > ./r.json\ncat r.json | jq .\n", [("r.json", "{}")]),
    ("echo '{}' > r.json\nsed -i s/a/b/ ./r.json\n", []),
    ("echo '{}' > r.json\nmv q.json r.json\n", []),
]


@pytest.mark.parametrize(("script", "expected"), WRITES)
def test_files_that_the_script_writes(script: str, expected: list[tuple[str, str]]) -> None:
    path = "$T/r.json" if "$T" in script else "r.json"
    (command,) = commands("a.sh", f"{script}{CALL} --cli-input-json file://{path}\n")
    assert [(written.path, written.text.text) for written in command.written] == expected


@pytest.mark.parametrize("folder", ["$PWD/", "${PWD}/", "$(pwd)/", "./"])
def test_a_file_in_the_current_folder_is_the_same_by_any_path(folder: str) -> None:
    for one, other in ((folder, ""), ("", folder), (folder, folder)):
        script = f"cat > {one}r.json <<E\n{{}}\nE\n{CALL} --cli-input-json file://{other}r.json\n"
        (command,) = commands("a.sh", script)
        assert [written.text.text for written in command.written] == ["{}\n"]
        (command,) = commands("a.sh", script.replace(CALL, f"sed -i x {one}r.json\n{CALL}"))
        assert command.changed == {"r.json"}


def test_the_items_of_a_list_write_files_for_each_other() -> None:
    text = f"script:\n  - |\n    cat > r.json <<E\n    {{}}\n    E\n  - {CALL} --a file://r.json\n"
    (command,) = commands(".gitlab-ci.yml", text)
    ((path, written),) = command.written
    assert (path, written.text) == ("r.json", "{}\n")
    assert text[slice(*written.place(0, 2))] == "{}"


def test_a_here_document_that_the_command_reads() -> None:
    script = f"{CALL} --cli-input-json file:///dev/stdin <<E\n{{}}\nE\n{CALL} --a b\n"
    first, second = commands("a.sh", script)
    assert first.stdin is not None
    assert first.stdin.text == "{}\n"
    assert script[slice(*first.stdin.place(0, 2))] == "{}"
    assert second.stdin is None


HOSTS: list[tuple[str, str, list[list[str]]]] = [
    (
        "Makefile",
        f'A := b\n\nx: y\n\t@{CALL} \\\n\t  --a \'$(A)\' --b "$$C" --c \'{{"d": "${{E}}"}}\' \\\n\t\t--f $@\n\t-z\n',
        [["--a", "«$(A)»", "--b", "«$C»", "--c", '{"d": "«${E}»"}', "--f", "«$@»+"]],
    ),
    ("x.mk", f'x:\n\t@+{CALL} --a $(shell cat "x)")\n', [["--a", '«$(shell cat "x)")»+']]),
    ("Makefile", f"SHELL := /bin/bash\nx:\n\t{CALL} --a b\n", [["--a", "b"]]),
    ("Makefile", f".ONESHELL:\nx:\n\t{CALL} --a b\n", []),
    ("Makefile", f"x:\n    {CALL} --a b\n", []),
    (
        "ci/Jenkinsfile",
        f'sh """\n {CALL} \\\\\n --a \'{{\\"b\\": \\"${{env.C}}\\"}}\' --d \\$E --f $g.h \\\n --i "j"\n"""',
        [["--a", '{"b": "«${env.C}»"}', "--d", "«$E»+", "--f", "«$g.h»+", "--i", "j"]],
    ),
    ("x.groovy", f"sh '''{CALL} --a \"$B\" --c \\'d\\' '''", [["--a", "«$B»", "--c", "d"]]),
    ("x.groovy", f"def x = sh(returnStdout: true, script: \"{CALL} --a 'b'\").trim()", [["--a", "b"]]),
    ("x.groovy", f"sh(script: '{CALL} --a b', label: 'c')", [["--a", "b"]]),
    ("x.groovy", f"sh '{CALL} --a ' + b", []),
    ("x.groovy", f"sh '{CALL} --a\n b'", []),
    ("x.groovy", f"  // sh '{CALL} --a b'\n  sh '{CALL} --c d'", [["--c", "d"]]),
    ("x.tf", f'# command = "{CALL} --a b"\n', []),
    ("x.groovy", f"echo '{CALL} --a b'", []),
    (
        ".github/workflows/x.yml",
        (
            f"on: push\njobs:\n  a:\n    steps:\n      - uses: x\n      - run: |\n          {CALL} \\\n"
            f"            --a '${{{{ env.B }}}}' \\\n            --c \"d\"\n"
        ),
        [["--a", "«${{ env.B }}»", "--c", "d"]],
    ),
    ("x.yml", f"steps:\n  - run: >-\n      {CALL}\n      --a b\n", [["--a", "b"]]),
    ("x.yml", f"steps:\n  - run: {CALL} --a b\n    shell: bash\n", [["--a", "b"]]),
    ("x.yml", f"steps:\n  - run: {CALL} --a b\n    shell: pwsh\n", []),
    ("x.yml", f"steps:\n  - run: |\n      #!/usr/bin/env python\n      {CALL} --a b\n", []),
    ("x.yml", f"steps:\n  - run: {CALL} --a b\n    shell: bash.exe -e {{0}}\n", [["--a", "b"]]),
    ("x.yml", f"defaults:\n  run: {{shell: pwsh}}\njobs:\n  x:\n    steps:\n      - run: {CALL} --a b\n", []),
    ("x.yml", f"jobs:\n  x:\n    defaults: {{run: {{shell: cmd}}}}\n    steps:\n      - run: {CALL} --a b\n", []),
    ("x.yml", f"jobs:\n  x:\n    runs-on: windows-latest\n    steps:\n      - run: {CALL} --a b\n", []),
    ("x.yml", f"jobs:\n  x:\n    runs-on: [self-hosted, Windows]\n    steps:\n      - run: {CALL} --a b\n", []),
    (
        "x.yml",
        f"runs-on: windows-2022\ndefaults:\n  run: {{shell: bash}}\nsteps:\n  - run: {CALL} --a b\n",
        [["--a", "b"]],
    ),
    (
        "x.yml",
        f"runs-on: windows-2022\nsteps:\n  - run: {CALL} --a b\n    shell: bash\n  - run: {CALL} --c d\n",
        [["--a", "b"]],
    ),
    (".gitlab-ci.yml", f"x:\n  tags: [saas-windows-medium-amd64]\n  script:\n    - {CALL} --a b\n", []),
    ("buildspec.yml", f"env: {{shell: powershell.exe}}\nphases:\n  build:\n    commands: ['{CALL} --a b']\n", []),
    ("buildspec.yml", f"env: {{shell: bash}}\nphases:\n  build:\n    commands: ['{CALL} --a b']\n", [["--a", "b"]]),
    (
        "x.yaml",
        f"pool: {{vmImage: windows-latest}}\nsteps:\n- script: {CALL} --a b\n- bash: {CALL} --c d\n",
        [["--c", "d"]],
    ),
    ("x.yaml", f"steps:\n- task: PowerShell@2\n  inputs:\n    script: {CALL} --a b\n", []),
    ("x.yaml", f"steps:\n- task: Bash@3\n  inputs:\n    script: {CALL} --a b\n", [["--a", "b"]]),
    ("x.yaml", f"steps:\n- task: AWSShellScript@1\n  inputs:\n    inlineScript: {CALL} --a b\n", [["--a", "b"]]),
    ("x.yaml", f"- inputs:\n    scriptType: pscore\n    inlineScript: {CALL} --a b\n", []),
    (
        "x.yml",
        f"steps:\n  - run:\n      name: x\n      command: |\n        {CALL} --a << parameters.b >> --c d\n",
        [["--a", "«<< parameters.b >>»", "--c", "d"]],
    ),
    ("x.yml", f"steps:\n  - run:\n      shell: powershell.exe\n      command: {CALL} --a b\n", []),
    ("x.yml", f"command: {CALL} --a b\n", []),
    (
        "x.yml",
        f"on:\n- shell: {CALL} --a b\n  args: {{executable: /bin/bash}}\n",
        [["--a", "b"]],
    ),
    (".gitlab-ci.yml", f'x:\n  script:\n    - y\n    - "{CALL} --a \\"$B\\""\n', [["--a", "«$B»"]]),
    (
        ".gitlab-ci.yml",
        f"x:\n  script:\n    - A=b\n    - {CALL} --a $A\n    - {CALL} --c $D\n",
        [["--a", "b"], ["--c", "«$D»+"]],
    ),
    (".gitlab-ci.yml", f"y: &y\n- A=b\nx:\n  script:\n    - *y\n    - [{CALL} --a $A]\n", [["--a", "b"]]),
    ("x.yml", f"script:\n  steps:\n  - run: A=b\n  - run: {CALL} --a $A\n", [["--a", "«$A»+"]]),
    ("x.yml", f"run:\n  x: ['{CALL} --a b']\n", []),
    ("x.yml", f"null:\n  1:\n    run: {CALL} --a b\n    script: ['{CALL} --c d']\n", [["--a", "b"], ["--c", "d"]]),
    ("Taskfile.yml", f"cmds:\n  - A=b\n  - {CALL} --a $A\n", [["--a", "«$A»+"]]),
    (".gitlab-ci.yml", f"x:\n  before_script: ['{CALL} --a ''b c''']\n", [["--a", "b c"]]),
    ("buildspec.yml", f"phases:\n  build:\n    commands:\n      - |\n        {CALL} --a b\n", [["--a", "b"]]),
    ("x.yaml", f"steps:\n- script: |\n    {CALL} --a '$(b)' --c '$D'\n", [["--a", "«$(b)»", "--c", "$D"]]),
    ("x.yaml", f"x: {CALL} --a b\n", []),
    ("x.yaml", f"run: [\n  {CALL} --a b\n", []),
    ("x.yaml", f"---\na: 1\n---\nscript: {CALL} --a b\n", [["--a", "b"]]),
    (
        "x.tf",
        f'x = <<-EOT\n    {CALL} \\\n      --a \'${{var.b["}}"]}}\' --c "$${{D}}" --e $F\n  EOT\n',
        [["--a", '«${var.b["}"]}»', "--c", "«${D}»", "--e", "«$F»+"]],
    ),
    ("x.tf", f'  command = "{CALL} --a \\"${{var.b}}\\" --c d"\n', [["--a", "«${var.b}»", "--c", "d"]]),
    (
        "x.tf",
        f"x = <<-EOT\n    cat > r.json <<'E'\n    {{}}\n    E\n    {CALL} --a b\n  EOT\n",
        [["--a", "b"]],
    ),
    ("x.tf", f'interpreter = ["PowerShell", "-Command"]\n  command = "{CALL} --a b"\n', []),
    ("x.tf", f'  command = "{CALL} --a b"\n  interpreter = ["/usr/bin/python3", "-c"]\n', []),
    ("x.tf", f'  command = "{CALL} --a b"\n  interpreter = ["/bin/bash", "-c"]\n', [["--a", "b"]]),
    (
        "x.tf",
        (
            f'provisioner "local-exec" {{\n  interpreter = ["pwsh"]\n  command = "{CALL} --a b"\n}}\n'
            f'provisioner "local-exec" {{\n  command = <<E\n{CALL} --c d\nE\n}}\n'
        ),
        [["--c", "d"]],
    ),
    (
        "x.md",
        f'Text\n\n```bash\n{CALL} \\\n  --a <b> --c \'{{"d": "<e f>"}}\' ...\n```\n',
        [["--a", "«<b>»", "--c", '{"d": "«<e f>»"}', "«...»+"]],
    ),
    ("x.md", f'```\n$ {CALL} \\\n>   --a b\n{{ "c": \'d }}\n$ x\n```\n', [["--a", "b"]]),
    ("x.md", f"1. x\n   ~~~ console\n   (v) u@h:~$ {CALL} --a b\n   ~~~\n", [["--a", "b"]]),
    ("x.md", f"```sh\n{CALL} [--a b] --c d\n```\n", [["«[--a b]»+", "--c", "d"]]),
    ("x.md", f"```sh\n{CALL} --a \u201cb\u201d\n```\n", []),
    (
        "x.md",
        f"```\n{CALL} --a '`b`' --c '...' --d {{{{ e }}}}\n```\n",
        [["--a", "«`b`»", "--c", "«...»", "--d", "«{{ e }}»+"]],
    ),
    ("x.md", f"```python\n{CALL} --a b\n```\n", []),
    ("x.md", f"{CALL} --a b\n", []),
    ("x.md", f"````md\n```sh\n{CALL} --a b\n```\n````\n", []),
    (
        "Dockerfile",
        f'FROM x\nRUN --mount=type=cache y && \\\n  # z\n  {CALL} --a b \\\n  --c "$D"\nCMD e\n',
        [["--a", "b", "--c", "«$D»"]],
    ),
    ("Dockerfile", f'RUN ["{CALL}"]\n', []),
    ("Dockerfile", f'RUN <<E\nset -e\n{CALL} --a "$B"\nE\nRUN {CALL} --c d\n', [["--a", "«$B»"], ["--c", "d"]]),
    ("Dockerfile", f"RUN --mount=type=ssh bash <<-'E' && \\\n  x\n\t{CALL} --a b\n\tE\n", [["--a", "b"]]),
    ("Dockerfile", f"RUN <<E\n{CALL} --a b\n", []),
    ("Dockerfile", f"RUN x <<<y\nRUN {CALL} --a b\n", [["--a", "b"]]),
    ("Dockerfile", f'SHELL ["pwsh", "-c"]\nRUN {CALL} --a b\nFROM x\nRUN {CALL} --c d\n', [["--c", "d"]]),
    ("Dockerfile", f'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN {CALL} --a b\n', [["--a", "b"]]),
    ("Dockerfile", f"FROM mcr.microsoft.com/windows/servercore:1\nRUN {CALL} --a b\n", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), HOSTS)
def test_scripts_inside_other_files(name: str, text: str, expected: list[list[str]]) -> None:
    assert found(name, text) == expected


@pytest.mark.parametrize(("name", "text", "_"), HOSTS)
def test_places_are_those_of_the_file(name: str, text: str, _: object) -> None:
    for command in commands(name, text):
        virtual = command.virtual()
        for extent, word in zip(virtual.words, command.words, strict=True):
            for plain in re.finditer(r"[\w./-]+", word.text):
                place = virtual.locate(extent[0] + plain.start(), extent[0] + plain.end())
                assert plain[0] in text[slice(*place)].replace("\\", "")
                start, end = plain.span()
                if not word.decoded.is_unknown(start, end):
                    assert text[slice(*place)] == plain[0]
                    assert word.decoded.is_written(start, end)


NAMES = ["a.sh", "Makefile", "Jenkinsfile", "a.yml", "a.tf", "a.md", "Dockerfile"]
# fmt: off
PIECES = [
    "'", '"', "'''", '"""', "\\", "\n", "\t", "$", "${", "}", "$(", ")", "`", "```", "sh ", "<<-E\n", "E\n",
    "run: |\n ", "- ", "{{", "}}", "RUN ", "$$", " ", "#", f"{CALL} --a b", "command = ", "\u201c", "é", "\U0001f600",
    "\0",
]
PARTS = [
    f"{CALL} --a 'b'\n", f"\t{CALL} --a '$(b)'\n", f'sh "{CALL} --a b"\n', f"- run: {CALL} --a b\n", "\t${\n", "sh ",
    f"<<E\n{CALL}\nE\n", f"```\n{CALL} <a\n```\n", f"RUN {CALL} --a b\n", 'sh "${', "<<E\n", "```\n", "{{ ", "$ ",
    "RUN \\\n", 'command = "', "[-a[", f"cat > r.json <<E\n{CALL} --a b\nE\n",
]
# fmt: on


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_file_fails_and_places_stand_within_it(name: str, pieces: list[str]) -> None:
    text = "".join(pieces) + CALL
    for command in commands(name, text):
        assert 0 <= command.start <= command.end <= len(text)
        virtual = command.virtual()
        for at in range(len(virtual.text)):
            start, end = virtual.locate(at, at + 1)
            assert 0 <= start <= end <= len(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_time_is_linear(name: str, part: str) -> None:
    if name == "a.yml":  # its readers, which have tests of their own, go no deeper than 200 levels
        part = part.replace("{", "x").replace("[", "x")

    def work(times: int) -> int:
        return calls(lambda: commands(name, part * times + CALL))

    assert work(400) < 4.4 * work(100) + 1000
