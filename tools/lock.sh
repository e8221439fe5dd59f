#!/bin/sh
# Pins the closure of pyproject.toml's dependencies: requirements.txt to run, requirements-dev.txt to develop.
# Pins that are there stay while they fit; options go on to pip-compile (`sh tools/lock.sh --upgrade`).
set -eu
export CUSTOM_COMPILE_COMMAND="make lock"
lock() {
    python -m piptools compile --quiet --strip-extras --annotation-style line \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}
lock --output-file requirements.txt "$@"
lock --extra dev --constraint requirements.txt --output-file requirements-dev.txt "$@"
