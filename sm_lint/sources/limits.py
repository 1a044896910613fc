"""The syntaxes of what is read, and how much of it is read."""

BOM = b"\xef\xbb\xbf"
"""The byte-order mark of UTF-8."""
MARK = "sm-lint:"
"""The prefix of comments that are instructions to sm-lint."""
PYTHON, SCRIPT = "python", "script"
"""The syntaxes of code; a script is one of a shell, or a file that has some."""
WORDS = "words"
"""The syntax of the words of a command."""
OF_CODE = (PYTHON, SCRIPT, WORDS)
WITH_COMMENTS = ("yaml", PYTHON, SCRIPT)
"""The syntaxes that have comments."""
MAX_BYTES = {"json": 8 * 1024 * 1024, "yaml": 1024 * 1024, PYTHON: 1024 * 1024, SCRIPT: 1024 * 1024, WORDS: 1024 * 1024}
"""The size of a file in bytes, by syntax, that takes some seconds to lint and fix, with ruamel.yaml for YAML.

It is the maximum for JSON, for YAML that libyaml does not surely read as ruamel.yaml, which is much slower, and for the
code in a Python file or a notebook.
"""
MOST_BYTES = max(MAX_BYTES.values())
"""The maximum size of a file in bytes, whatever its syntax."""

MAX_DEPTH = 200
"""The maximum nesting depth. A request needs fewer than 15 levels, and jsonschema-rs fails near 255."""

USUAL_DEPTH = 16
"""A nesting depth that no valid request exceeds. ruamel.yaml becomes slow below it."""

MAX_VALUES = 50_000
"""The maximum number of keys and values, counted again at each alias. ruamel.yaml reads that many in 3 seconds."""

MAX_WRITTEN = 2 * MAX_VALUES
"""The maximum number of keys and values in a JSON text, with those of repeated keys, of which only the last counts."""

MAX_OF_PLAN = 20 * MAX_VALUES
"""The same for a Terraform plan, which has each resource several times. That many take some seconds to lint."""

JSON_SEPARATORS = b",:{["
"""A JSON text has no more keys and values than these, and one more."""

MAX_CHARACTERS = 8 * 1024 * 1024
"""The maximum number of characters in keys and values, counted again at each alias: that of the largest JSON file."""

MAX_FINDINGS = 50_000
"""The number of findings up to which those of a document are counted. There may be more, which are not looked for."""

MAX_DIGITS = 4300
"""The maximum number of digits of an integer. Python neither reads nor writes longer ones."""
