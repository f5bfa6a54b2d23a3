# Needs Python 3.11 or newer, make and a package index; everything else is brought here.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QUICK := not slow and not retold and not process

# The tests start some hundred processes; each would compile again what no earlier one was allowed to keep.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## Show the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

run: $(READY) ## Try the bot: a local Slack, the bot and sample deals in one process
	@$(BIN)/pipeline-bot try

test: $(READY) ## The quick suite, on SQLite and PostgreSQL
	@$(BIN)/python -m pytest -n 5 --dist worksteal -q -m "$(QUICK)"

coverage: $(READY) ## The same, with the branches that no test takes
	@$(BIN)/python -m pytest -n 2 -q -m "$(QUICK)" --cov --cov-report=term:skip-covered

check: $(READY) ## Style, types, import laws, documents
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/cog --check -r README.md

slow: $(READY) ## Kills, races, long runs, each story on the other engine, with figures; ends with the fault matrix
	@$(BIN)/python -m pytest -m "retold and not slow" -n 4 --dist worksteal -q
	@$(BIN)/python -m pytest -m slow -n 2 --dist loadfile --no-loadscope-reorder -q -rP --show-capture=stdout
	@$(MAKE) --no-print-directory faults

faults: $(READY) ## Row, test and result of the fault matrix
	@$(BIN)/python -m tests.faults

fuzz: $(READY) ## Nonsense at every door and reader; for FUZZ_SECONDS each; FUZZ_SEED=new for other nonsense
	@$(BIN)/python -m pytest -m fuzz -s -q

bench: $(READY) ## Measure against floors of the same run
	@$(BIN)/python -m tests.bench

screenshots: $(READY) ## Take the README's pictures in a browser (Debian's chromium)
	@$(BIN)/python -m tests.page.screenshots docs

format: $(READY) ## Format the code and rewrite what README takes from the program
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@$(BIN)/cog -r README.md

lock: ## Pin every requirement with its hashes
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet uv; }
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group dev \
	  -c requirements.txt -o requirements-dev.txt

.PHONY: help run test coverage check slow faults fuzz bench screenshots format lock
