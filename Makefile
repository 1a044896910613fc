# `make demo` and `make test` set up all they need in .venv; PYTHON chooses the interpreter (3.10 to 3.14).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-fast lint generated site package mutation fuzz bench vsix clean

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: .venv/ready  ## lint examples/: what a good and a bad request look like
	$(BIN)/sm-lint check --fail-on never examples

lint: .venv/ready  ## style, types, and the order of the layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: lint  ## everything that must hold before a commit
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-fast: .venv/ready  ## what one runs all day: without the slow tests, and with fewer examples of each property
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m 'not slow' --hypothesis-profile fast

generated: .venv/ready  ## after a change of a rule, a key of the configuration or the pinned botocore: what is made of them
	$(BIN)/python -m tools.generate

site: .venv/ready  ## the documentation as a site, in site/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[site]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

package:  ## the sdist, and the wheel from it, in dist/, looked at by the usual checkers (they need another docutils than awscli)
	$(PYTHON) -m venv .venv-package
	.venv-package/bin/python -m pip install --quiet --disable-pip-version-check '.[package]'
	rm -rf dist
	.venv-package/bin/python -m build --no-isolation --outdir dist
	.venv-package/bin/twine check --strict dist/*
	.venv-package/bin/check-wheel-contents dist/*.whl
	.venv-package/bin/validate-pyproject pyproject.toml

mutation: .venv/ready  ## put a mistake into each rule and constraint, one at a time: does a case notice? (minutes)
	$(BIN)/python -m tools.mutate

FUZZ_SECONDS ?= 600

fuzz: .venv/ready  ## look for a file that makes it fail, guided by coverage, for ten minutes
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python tools/fuzz.py $(FUZZ_SECONDS)

bench: .venv/ready  ## measure beside the peers and write docs/performance.md (minutes)
	$(BIN)/python -m benchmarks.run --write

VSCODE := editors/vscode

$(VSCODE)/node_modules/ready: $(VSCODE)/package-lock.json
	cd $(VSCODE) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

vsix: .venv/ready $(VSCODE)/node_modules/ready  ## editors/vscode/dist/sm-lint.vsix, for VS Code; needs npm, and Node 20 or later
	mkdir -p $(VSCODE)/dist
	cp LICENSE $(VSCODE)/
	$(BIN)/sm-lint schema >$(VSCODE)/dist/create-model-package.schema.json
	cd $(VSCODE) && npm run --silent check && npm run --silent bundle
	sed '/^!\[/d' $(VSCODE)/README.md >$(VSCODE)/dist/README.md  # VS Code shows no pictures of a local package
	cd $(VSCODE) && npm run --silent package -- $$(../../$(BIN)/python -c 'import sm_lint; print(sm_lint.__version__)')
	mv $(VSCODE)/dist/new.vsix $(VSCODE)/dist/sm-lint.vsix

clean:
	rm -rf .venv .venv-package .mypy_cache .pytest_cache .ruff_cache .hypothesis dist site $(VSCODE)/dist $(VSCODE)/node_modules
