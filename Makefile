# Everything a contributor does. Needs Python 3.11 or newer, and make; nothing else has to be installed or set.
#   make setup   the environment in .venv (a second time: at once)      make test    the tests, with branch coverage
#   make demo    try owncase on a small team's week                     make check   format, lint, types, layers, docs
#   make docs    write the generated reference again                    make bench   every figure of docs/performance.md
#   make lock    pin the newest allowed dependencies                    make clean   remove what make made

PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
BIN := .venv/bin
STAMP := .venv/.ready
COVERAGE ?= yes

.DEFAULT_GOAL := setup
.PHONY: setup demo test check docs bench campaign lock clean

setup: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "owncase needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP)
	$(BIN)/owncase demo

test: $(STAMP)
ifeq ($(COVERAGE),yes)
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(ARGS)
else
	$(BIN)/python -m pytest $(ARGS)
endif

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if test -f docs/generate.py; then $(BIN)/python docs/generate.py --check; fi

docs: $(STAMP)
	$(BIN)/python docs/generate.py

bench: $(STAMP)
	$(BIN)/python benchmarks/run.py

# The long search of the schema for a way around the rules; prints what it came to.
campaign: $(STAMP)
	$(BIN)/python -m campaigns.search_schema

# Locked for every platform, with the hashes of all wheels and source archives, and without saying where they come from.
LOCK := $(BIN)/uv --no-config pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml

lock:
	test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv; }
	env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(LOCK) --output-file requirements/run.txt
	env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(LOCK) --extra dev --output-file requirements/dev.txt
	@! grep -nE '://|file:|^(-i|--index|--extra-index|--find-links|--trusted)' requirements/*.txt

clean:
	rm -rf .venv build dist htmlcov .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
