#!/bin/sh
# Prepares the database and serves: asks nothing, binds to 127.0.0.1, ends with its children.
set -eu
bin=.venv/bin
export PORT="${PORT:-8000}" PATH="$PWD/$bin:$PATH" PYTHONUNBUFFERED=1
export DJANGO_SETTINGS_MODULE=newsroom.settings
python -m newsroom.start
exec honcho start --no-prefix web worker
