# Every target sets up what it needs and works without activating anything.
#   make demo | test | lint | quality | proof | bench | check | clean        PYTHON=python3.12 make demo

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A worker for each core; tests of one file stay in one worker, so that its servers, states and builds are made once.
PARALLEL := -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder
# `make coverage` measures branch coverage of the fast tests in their own processes and compares it with
# tests/coverage_floors.toml; with tracing, the tests that build whole reports would take too long.
REPORT := build/coverage.json
FAST := $(wildcard tests/test_*.py) $(addprefix tests/,config corpus discover extract graph insight languages render score)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint coverage quality proof bench check clean docs wheel

help:
	@echo "make demo     build the bundled demo, offline, and say where the report is"
	@echo "make test     unit, case and browser tests"
	@echo "make lint     ruff, mypy, import contracts, workflows, documents"
	@echo "make quality  measure against the floors of tests/quality and of the simulation in tests/score"
	@echo "make proof    the crawl against a hostile web of our own: half an hour"
	@echo "make bench    seconds and memory per stage at three sizes"
	@echo "make coverage branch coverage of the fast tests, compared with its floors"
	@echo "make check    lint, demo, quality and test, as CI does"
	@echo "make docs     make the schema and the table of keys anew"
	@echo "make clean    remove what make made"

# The lock holds names, versions and hashes of everything; where packages come from is pip's configuration, not ours.
# Nothing is left to resolve (--no-deps): with a machine-wide constraints file, pip 23 otherwise refuses a hash for an extra.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "whomatters needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

setup: $(READY)

demo: $(READY)
	@$(BIN)/whomatters demo --no-open --out build/demo --state state/demo
	@echo "open build/demo/site/index.html"

test: $(READY)
	@$(BIN)/python -m pytest $(PARALLEL) -m "not quality"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/python -m tests.prose_check generator
	$(BIN)/python -m pytest -p no:randomly tests/test_docs.py tests/test_workflows.py

coverage: $(READY)
	@$(BIN)/python -m pytest $(PARALLEL) -m "not quality and not slow and not browser" \
		--cov --cov-report=json:$(REPORT) --coverage-floors=$(REPORT) $(FAST)

quality: $(READY)
	@$(BIN)/python -m pytest $(PARALLEL) -m quality tests/quality tests/score

# First the blog engines, if this user may install them; without them their test is skipped and says so.
proof: $(READY)
	@$(BIN)/python -m tests.proof.engines
	@$(BIN)/python -m pytest -m quality -p no:randomly -s tests/proof

bench: $(READY)
	@$(BIN)/python -m tests.quality.bench

# Tests run last, so that the last line is pytest's summary; every other step is timed here.
check: $(READY)
	@for step in lint demo quality test; do \
		began=$$(date +%s); \
		$(MAKE) --no-print-directory $$step || exit $$?; \
		test $$step = test || echo "took: $$step $$(($$(date +%s) - began)) s"; \
	done

docs: $(READY)
	$(BIN)/whomatters schema --write config

wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*
