# One command file: everything that is done to Torg is done from here, and CI calls nothing else.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The extra "spark" adds Apache Spark to the environment: make test EXTRAS=spark
EXTRAS ?=
LOCK := requirements/$(if $(filter spark,$(EXTRAS)),spark,dev).lock
READY := $(VENV)/.ready-$(if $(filter spark,$(EXTRAS)),spark,dev)
CODE := src tests bench docs

.PHONY: help setup demo networks test nightly check fix bench docs lock clean

help:  ## say what each command does
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

setup: $(READY)  ## make the environment in .venv from the locked list

$(READY): $(LOCK) pyproject.toml
	@sh scripts/environment.sh "$(PYTHON)" "$(VENV)" "$(LOCK)"
	@touch $(READY)

demo: setup  ## simulate a country, run the whole road, show its site; about three minutes
	@$(BIN)/torg demo demo

networks:  ## fetch the local networks that some tests talk to: AT protocol (npm) and snac
	@sh scripts/networks.sh

test: setup  ## pass the tests; TORG_STRICT=1 makes a skipped test a failure
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

nightly: setup  ## the tests with many more inputs, kills and draws; hours
	@TORG_NIGHTLY=1 $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: setup  ## format, lint, types and layers; changes nothing
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/repo

fix: setup  ## format, and mend what the linter can mend
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

bench: setup  ## measure speed side by side and write docs/benchmarks.md
	@$(BIN)/python -m bench.run $(ARGS)

docs: setup  ## write the generated pages of docs/reference anew
	@$(BIN)/python -m docs.generate

lock: setup  ## resolve the dependencies anew and write requirements/*.lock
	@sh scripts/lock.sh "$(VENV)"

clean:  ## remove the environment, the demo and all caches
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
