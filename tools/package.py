"""What a build adds to the package: its URLs, the README as an index shows it, and where the documentation is.

The build reads two environment variables. Without them the package names no address that does not exist.

SM_LINT_DOCUMENTATION_URL   where `make site` is published; findings and the README of the package link there
SM_LINT_REPOSITORY_URL      where the source is
"""

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

_OPERATION = "https://docs.aws.amazon.com/cli/latest/reference/sagemaker/create-model-package.html"
_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://)([^)#\s]*)(#[^)\s]*)?\)")
_FILE = "documentation-url"


class MetadataHook(MetadataHookInterface):
    """Gives the package its URLs and its README."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add `urls` and `readme`, unless the package is built from an sdist, which has them."""
        documentation, repository = base_url("SM_LINT_DOCUMENTATION_URL"), base_url("SM_LINT_REPOSITORY_URL")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata.setdefault("urls", urls(documentation, repository))
        metadata.setdefault("readme", {"content-type": "text/markdown", "text": readme(text, documentation)})


class BuildHook(BuildHookInterface[Any]):
    """Puts the address of the documentation into the wheel, where sm_lint.model.data finds it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add a file to a wheel of a package whose documentation is published."""
        self._folder = tempfile.TemporaryDirectory()
        address = self.metadata.core.urls.get("Documentation")
        if address and self.target_name == "wheel" and version == "standard":
            file = Path(self._folder.name, _FILE)
            file.write_text(f"{address}\n", encoding="utf-8")
            build_data["force_include"][str(file)] = f"sm_lint/_data/{_FILE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - as hatchling calls it
        """Remove the file that is now in the wheel."""
        self._folder.cleanup()


def base_url(variable: str) -> str | None:
    """Return the URL in an environment variable, with a slash at its end; None if it is not set."""
    value = os.environ.get(variable)
    return f"{value.rstrip('/')}/" if value else None


def urls(documentation: str | None, repository: str | None) -> dict[str, str]:
    """Return the URLs of the package: what is published, and AWS's page of the operation."""
    found = {"AWS CLI reference": _OPERATION}
    if documentation:
        found |= {"Documentation": documentation, "Changelog": f"{documentation}changelog/"}
    return found | ({"Source": repository} if repository else {})


def readme(text: str, documentation: str | None) -> str:
    """Return a README with links into the documentation; without one, words in place of links, and no pictures.

    An index of packages has no files of the repository.

    >>> readme("See [the set-ups](docs/set-ups.md#gitlab).", "https://docs.example/")
    'See [the set-ups](https://docs.example/set-ups/#gitlab).'
    >>> readme("See [the set-ups](docs/set-ups.md#gitlab).", None)
    'See the set-ups.'
    """

    def link(match: re.Match[str]) -> str:
        picture, words, path, anchor = match[1], match[2], match[3], match[4] or ""
        if not documentation:
            return "" if picture else words
        return f"{picture}[{words}]({documentation}{address(path)}{anchor})"

    return _LINK.sub(link, text).lstrip("\n")


def address(path: str) -> str:
    """Return where the documentation has a file of the repository, relative to its base URL.

    >>> [address(path) for path in ("docs/rules/README.md", "docs/rules/SM203.md", "SECURITY.md", "docs/terminal.svg")]
    ['rules/', 'rules/SM203/', 'security/', 'terminal.svg']
    """
    inside = path.removeprefix("docs/")
    if not inside.endswith(".md"):
        return inside
    page = inside.removesuffix("README.md").removesuffix("index.md").removesuffix(".md").rstrip("/")
    return f"{page if inside != path else page.lower()}/" if page else ""
