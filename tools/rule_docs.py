"""Write docs/rules/: a page for each rule and an index by topic, from the files in rules/.

usage: python tools/rule_docs.py
"""

from pathlib import Path

from sm_lint import rule_page, rules

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """Return the text of each page by the name of its file."""
    found = [rules.load_file(path) for path in rules.files()]
    return {"README.md": rule_page.index(found)} | {f"{rule.code}.md": rule_page.page(rule) for rule in found}


def main() -> int:
    """Write the pages, and remove those of rules that are no more."""
    written = pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"wrote {len(written)} pages to {FOLDER}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
