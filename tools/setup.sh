#!/bin/sh
# Makes .venv and installs what the named requirements files pin; a copy of each kept there tells what is installed.
set -eu
python=.venv/bin/python
if ! "$python" -c 'import pip, sys; raise SystemExit(sys.version_info < (3, 12))' 2>/dev/null; then
    base=$(sh tools/python.sh)
    echo "Newsroom: making .venv with $("$base" --version)"
    "$base" -m venv --clear .venv
fi
for file in "$@"; do
    cmp -s "$file" ".venv/$file" && continue
    echo "Newsroom: installing what $file pins"
    alone=
    [ "$file" = requirements-consumers.txt ] && alone=--no-deps
    "$python" -m pip install --quiet --disable-pip-version-check --no-input $alone -r "$file"
    cp "$file" ".venv/$file"
done
