# The two commands: `make chat` and `make test`. Everything else is a part of one of them.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(VENV)/bootstrap/bin/uv
HOST ?= 127.0.0.1
PORT ?= 7860
# Only what is in the locked files is installed, and only if its hash is the one noted there.
INSTALL := $(UV) pip install -q --python $(BIN)/python --require-hashes

# What is imported is compiled the first time, a sixth of what is installed, and kept: the tests start many processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: chat ask index test lint types contracts tests gate report bench lock vectors clean help

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

chat: $(VENV)/.ready ## set up, index the dossier and serve the page
	@$(BIN)/ponte serve --host $(HOST) --port $(PORT)

ask: $(VENV)/.ready ## ask one question: make ask Q="..."
	@$(BIN)/ponte ask "$(Q)"

test: $(VENV)/.ready-dev ## set up, lint, check types and imports, run the gate and the tests
	@$(MAKE) -j2 gate types lint contracts
	@$(MAKE) tests

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-dev
	$(BIN)/mypy

contracts: $(VENV)/.ready-dev
	$(BIN)/lint-imports

tests: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 3 --dist loadfile --durations=20

gate: $(VENV)/.ready ## ask the questions that ship; fail if the answers are worse than the committed baseline
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && PONTE_HOME="$$home" $(BIN)/ponte eval gate

report: $(VENV)/.ready ## measure anew: docs/evaluation.md and the baseline of the gate
	$(BIN)/python evals/document.py

bench: $(VENV)/.ready requirements-bench.txt ## quality and speed against the tutorial way, side by side
	$(INSTALL) -r requirements-bench.txt
	$(BIN)/python evals/bench.py

lock: $(UV) ## resolve the locked requirements anew
	printf 'uv\nhatchling\neditables\n' | $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" - -o requirements-bootstrap.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --custom-compile-command "make lock" pyproject.toml --group bench -c requirements.txt -o requirements-bench.txt

vectors: $(VENV)/.ready ## embed the shipped dossier anew
	$(BIN)/python -m bot.dossier

clean: ## remove what the commands made in this folder
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist build

$(UV): requirements-bootstrap.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Ponte needs Python 3.11 to 3.13: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)/bootstrap
	$(VENV)/bootstrap/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-bootstrap.txt
	@touch $@

$(BIN)/python: $(UV)
	$(UV) venv -q --allow-existing --python $(PYTHON) $(VENV)

$(VENV)/.ready: $(BIN)/python requirements.txt pyproject.toml
	@echo "Installing Ponte into $(VENV) ..."
	$(INSTALL) -r requirements.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --build-constraints requirements-bootstrap.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	@touch $@
