# Everything here works in a fresh clone: each target makes the virtual environment it needs.
# DATA is the folder with NorNE and the raw texts, for `make model`; docs/training.md describes it.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DATA   ?=
SEED   ?= 0
RECIPE ?= small
MODEL  ?= pipeline/models/$(if $(filter small,$(RECIPE)),nb_ent_news_sm,nb_ent_news_trf)

.DEFAULT_GOAL := help
.PHONY: help run test lint types check docs soak bench model clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.installed ## find the names in corpus/ and write outputs/
	@$(BIN)/nb-entities run corpus/ --out outputs/

test: $(VENV)/.tests ## run the tests
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/.dev ## check style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## check types
	@$(BIN)/mypy

check: test lint types ## all of the above

docs: $(VENV)/.tests ## bring the pages of docs/ up to date that are made from code
	@$(BIN)/python -m tests.docs

soak: $(VENV)/.tests ## what takes too long for test: fuzzing, every fault, 1,000 among 100,000, a cluster
	@FUZZ_INPUTS=100000 $(BIN)/python -m pytest tests/unit/test_readers_formats.py -k any_
	@STEP_STRIDE=1 $(BIN)/python -m pytest tests/faults/test_every_step.py
	@$(BIN)/python -m tests.soak

bench: $(VENV)/.tests ## measure accuracy and speed
	@$(BIN)/python -m tests.benchmarks $(if $(DATA),--data "$(DATA)")

model: $(VENV)/.train ## build a model from DATA=folder (an hour and more); RECIPE=small, cpu, refine or large
	@test -n "$(DATA)" || { echo "make model needs DATA=folder; see docs/training.md" >&2; exit 2; }
	@$(BIN)/nb-entities train "$(DATA)" "$(MODEL)" --recipe $(RECIPE) --seed $(SEED) --work .data/$(RECIPE)-$(SEED)

clean: ## remove what was made, but not the results in outputs/
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
OFFLINE := { echo "The packages could not be installed: pip says why. Is the network there?" \
	"Behind a proxy, export HTTPS_PROXY=its address; then run make again." >&2; exit 1; }

# The marker files say which set of packages is installed, and are remade when pyproject.toml is.
$(VENV)/.installed: pyproject.toml | $(VENV)
	@$(INSTALL) '.[html,docx]' || $(OFFLINE)
	@touch $@

$(VENV)/.tests: pyproject.toml $(VENV)/.installed
	@$(INSTALL) '.[test,html,docx]' || $(OFFLINE)
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.tests
	@$(INSTALL) '.[dev,html,docx]' || $(OFFLINE)
	@touch $@

$(VENV)/.train: pyproject.toml $(VENV)/.installed
	@$(INSTALL) '.[train]' || $(OFFLINE)
	@touch $@

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
		"Choose another with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. Install it with: sudo apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $@ || { rm -rf $@; exit 1; }
