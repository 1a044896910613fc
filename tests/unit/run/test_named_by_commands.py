"""The tasks for files that commands name."""

import pickle
from pathlib import Path

import pytest

from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.requests.used_files import Given, Use
from sm_lint.run import files
from sm_lint.run.linting import lint_task
from sm_lint.run.named_by_commands import with_named_files
from sm_lint.run.task import Task
from sm_lint.sources.discovery import Source
from tests.support.linting import SESSION
from tests.support.work import calls

CALL = "aws sagemaker create-model-package --model-package-group-name g"
GROUP = (Given("ModelPackageGroupName", "g", is_certain=False),)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def task(name: str, settings: Settings = DEFAULTS, *, named: bool = True) -> Task:
    return Task(Source(name, name.rpartition("/")[0], named), settings, False, None, False, None)


def tasks_for(*tasks: Task) -> list[Task]:
    return with_named_files(
        tasks, [one for one in tasks if one.source.name.endswith(".sh")], lambda _: DEFAULTS, SESSION
    )


SCRIPTS = [
    (f"{CALL} --cli-input-json file://r.json", (Use((), "json", GROUP),)),
    (f"{CALL} --cli-input-yaml file://r.json", (Use((), "yaml", GROUP),)),
    (f"{CALL} --model-card file://r.json", (Use(("ModelCard",), "json", GROUP),)),
    (f'{CALL} --cli-input-json file://r.json "$@"', (Use((), "json", GROUP, may_have_more=True),)),
    (f"{CALL} --cli-input-json file://r.json --no-certify-for-marketplace",
     (Use((), "json", (Given("CertifyForMarketplace", False, is_certain=True), *GROUP)),)),
    (f"{CALL} --cli-input-json file://r.json\n" * 2, (Use((), "json", GROUP),)),
    (f"{CALL} --cli-input-json file://r.json\n{CALL} --cli-input-yaml file://r.json\n", ()),
    (f"{CALL} --cli-input-json file://r.json\n{CALL} --tags file://r.json\n", ()),
    (f"{CALL} --cli-input-json file://r.json --cli-input-yaml file://r.json\n", ()),
    (f"{CALL} --cli-input-json file://$R\n", ()),
    (f"{CALL} --cli-input-json '{{}}' # file://r.json\n", ()),
]  # fmt: skip


@pytest.mark.parametrize(("script", "uses"), SCRIPTS)
def test_how_a_file_is_used(script: str, uses: tuple[Use, ...], folder: Path) -> None:
    (folder / "a.sh").write_text(script)
    (folder / "r.json").write_text("{}")
    kept = tasks_for(task("a.sh"), task("r.json"))
    assert [(one.source.name, one.uses) for one in kept] == [("a.sh", ()), ("r.json", uses)]
    added = tasks_for(task("a.sh"))
    assert [(one.source.name, one.uses) for one in added[1:]] == ([("r.json", uses)] if uses else [])
    assert pickle.loads(pickle.dumps(added)) == added  # noqa: S301 - it is our own


def test_a_file_whose_settings_are_invalid_is_passed_over(folder: Path) -> None:
    def refused(_: str) -> Settings:
        raise ConfigError("it is invalid")

    (folder / "a.sh").write_text(f"{CALL} --cli-input-json file://r.json")
    (folder / "r.json").write_text("{}")
    assert with_named_files([task("a.sh")], [task("a.sh")], refused, SESSION) == [task("a.sh")]


def test_an_excluded_file_stays_out(folder: Path) -> None:
    (folder / "a.sh").write_text(f"{CALL} --cli-input-json file://r.json")
    (folder / "r.json").write_text("[]")
    added = tasks_for(task("a.sh"))[1]
    assert lint_task(added, SESSION).outcome
    excluded = added._replace(settings=Settings(exclude=(("r.json", str(folder)),)))
    assert lint_task(excluded, SESSION).outcome is None


def test_files_that_are_not_opted_in_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr(files, "contents", read)
    (folder / "a.sh").write_text(CALL)
    (folder / "a.yaml").write_text("ModelPackageGroupName: g")
    options = files.Options((".",), lambda _: DEFAULTS)
    assert files.lint_files(options, SESSION).files == 0


def test_the_work_is_linear_in_the_number_of_commands(folder: Path) -> None:
    def work(number: int) -> int:
        (folder / "a.sh").write_text("".join(f"{CALL} --cli-input-json file://r{n}.json\n" for n in range(number)))
        for n in range(number):
            (folder / f"r{n}.json").write_text("{}")
        return calls(lambda: tasks_for(task("a.sh")))

    assert work(80) < 4.4 * work(20)
