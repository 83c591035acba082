# make demo   the sample workspace, no network needed once curator is installed: both mails, then the desk
# make test   everything CI runs: ruff, mypy, import-linter, codespell, pytest
# make check  the same without pytest
# make fmt    put the code into its form
# make soak   long trials: kills, fuzz
# make pictures   the README's two pictures, from the sample workspace; needs Chromium
#
# Each sets itself up in .venv from nothing but Python 3.11 or newer; versions are pinned in constraints.txt.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install -qq
JOBS   ?= auto
DEMO   ?= demo

.PHONY: demo test check fmt soak pictures clean constraints

demo: $(VENV)/.installed
	@$(BIN)/curator demo $(DEMO)

test: check
	$(BIN)/python -m pytest -n $(JOBS) -m "not soak"

check: $(VENV)/.tooled
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/codespell curator docs templates README.md CHANGELOG.md CONTRIBUTING.md

fmt: $(VENV)/.tooled
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

soak: $(VENV)/.tooled
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m soak

pictures: $(VENV)/.installed
	$(BIN)/python docs/images/make.py

constraints:
	rm -rf build/fresh && $(PYTHON) -m venv build/fresh
	build/fresh/bin/python -m pip install -qq '.[test]' hatchling
	{ head -n 1 constraints.txt; build/fresh/bin/python -m pip freeze | grep -Ev '^(curator|pip)( |==)'; } > build/new.txt
	mv build/new.txt constraints.txt

clean:
	rm -rf $(VENV) $(DEMO) build dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "curator needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "$(PYTHON) cannot make a virtual environment; on Debian: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing curator into $(VENV) …" >&2
	@$(PIP) --editable .
	@touch $@

$(VENV)/.tooled: $(VENV)/.installed
	@$(PIP) --editable '.[test]'
	@touch $@
