# Newsroom's commands; `make help` lists them. Set-up happens by itself and only when requirements change.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
NEWSROOM_HOME ?= var
export NEWSROOM_HOME
.DEFAULT_GOAL := help
.PHONY: help run test lint bench lock messages clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	@python=$$(sh tools/python.sh) && "$$python" -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/.browser: $(VENV)/.dev
	@$(BIN)/python tools/browser.py
	@touch $@

run: $(VENV)/.run ## Serve http://127.0.0.1:8000 (PORT= to change) with the demonstration project
	@PORT=$(PORT) sh tools/run.sh

test: $(VENV)/.dev $(VENV)/.browser ## Run all tests: SQLite, PostgreSQL, Chromium, style, layers
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest
	@NEWSROOM_TEST_POSTGRES=1 $(BIN)/python -m pytest --ignore=tests/browser --ignore=tests/text --ignore=tests/shape

lint: $(VENV)/.dev ## Check style and layers
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev ## Measure; prints tables beside a bare lower bound
	@$(BIN)/python -m bench

lock: $(VENV)/.dev ## Write requirements.txt and requirements-dev.txt from pyproject.toml
	@$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file requirements.txt pyproject.toml
	@$(BIN)/python -m piptools compile --quiet --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

messages: $(VENV)/.dev ## Collect interface strings and compile the translations
	@$(BIN)/python manage.py makemessages --locale fa --no-obsolete --no-wrap --add-location file --ignore .venv
	@$(BIN)/python manage.py compilemessages --locale fa --ignore .venv

clean: ## Remove the virtual environment; data in var/ stays
	rm -rf $(VENV)
