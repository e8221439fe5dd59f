# Newsroom's commands. Each sets itself up, and only when requirements have changed.
SHELL := /bin/sh
PORT ?= 8000
SIDE_BY_SIDE ?= -n logical --maxprocesses 4 --dist worksteal
# Programs come from .venv, whichever directory it lies in.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PORT PYTHON
# Images for containers set it, and every process would compile all modules anew: the tests start a hundred.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run test test-sqlite test-postgres lint bench lock messages clean setup setup-dev

help: ## List the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1	\2/p' Makefile | expand -t 16

run: setup ## Serve http://127.0.0.1:8000 (PORT= to change) with the demonstration project
	@PYTHONUNBUFFERED=1 exec python -m newsroom.start

test: setup-dev ## Run all tests on SQLite, with Chromium, and beside them those of the database on PostgreSQL
	@python tools/browser.py
	@exec python -m tools.side_by_side $(SIDE_BY_SIDE)

test-sqlite: setup-dev ## Run the tests on SQLite only; pytest's options in ARGS=
	@python -m pytest $(SIDE_BY_SIDE) $(ARGS)

test-postgres: setup-dev ## Run the database's tests on PostgreSQL only; pytest's options in ARGS=
	@NEWSROOM_TEST_POSTGRES=1 python -m pytest $(SIDE_BY_SIDE) $(ARGS)

lint: setup-dev ## Check style, layers and types
	@ruff check .
	@lint-imports --no-cache --no-logo
	@mypy

bench: setup-dev ## Measure, beside a bare lower bound in the same run
	@python -m bench

lock: setup-dev ## Pin in requirements*.txt what pyproject.toml asks for
	@sh tools/lock.sh

messages: setup-dev ## Collect interface strings and compile the translations (needs gettext)
	@python manage.py makemessages --locale fa --no-obsolete --no-wrap --add-location file --ignore .venv
	@python manage.py compilemessages --locale fa --ignore .venv

clean: ## Remove .venv; data in var/ stays
	rm -rf .venv

setup:
	@sh tools/setup.sh requirements.txt

setup-dev:
	@sh tools/setup.sh requirements.txt requirements-dev.txt requirements-consumers.txt
