# `make demo` and `make test` set up all they need in .venv; PYTHON chooses the interpreter (3.10 to 3.13).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint schemas docs mutation fuzz bench clean

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: .venv/ready  ## lint examples/: what a good and a bad request look like
	$(BIN)/sm-lint check --fail-on never examples

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

test: lint  ## everything that must hold before a commit
	$(BIN)/python -m pytest

schemas: .venv/ready  ## after a change of a rule, or of the pinned botocore
	$(BIN)/python tools/refresh_schema.py
	$(BIN)/python tools/fold_rules.py
	$(BIN)/python tools/config_schema.py

docs: .venv/ready  ## after a change of a rule: its page and the index
	$(BIN)/python tools/rule_docs.py

mutation: .venv/ready  ## put a mistake into each rule and constraint, one at a time: does a case notice? (minutes)
	$(BIN)/python -m tools.mutate

FUZZ_SECONDS ?= 600

fuzz: .venv/ready  ## look for a file that makes it fail, guided by coverage, for ten minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python tools/fuzz.py $(FUZZ_SECONDS)

bench: .venv/ready  ## measure beside the peers and write docs/performance.md (minutes)
	$(BIN)/python -m benchmarks.run --write

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
