"""Python code in an editor."""

from pathlib import Path

from tests.support.talk import Talk

CODE = "sm.create_model_package(ModelPackageGroupName='churn_models', ModelApprovalStatus='approved')\n"


def test_code_is_looked_at_if_the_configuration_names_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    uri = (tmp_path / "train.py").as_uri()
    assert Talk().codes(CODE, uri, "python") == []
    (tmp_path / "sm-lint.toml").write_text('python = ["*.py"]')
    talk = Talk()
    assert talk.codes(CODE, uri, "python") == ["SM222", "SM106"]
    assert talk.ask("textDocument/hover", talk.at(0, 30, uri)) is None
    assert talk.ask("textDocument/completion", talk.at(0, 30, uri)) == []
    titles = [action["title"] for action in talk.actions((0, 0), (0, 90), uri)]
    assert titles == ["Explain SM222 (group-name)", "Explain SM106 (not-in-the-enumeration)"]
