#!/bin/sh
# Prints a Python that Newsroom runs on (3.12 or newer), or says what is missing.
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.14 python; do
    if "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 12))' >/dev/null 2>&1; then
        if "$name" -c 'import venv, ensurepip' >/dev/null 2>&1; then
            command -v "$name"
            exit 0
        fi
        without_venv="$name"
    fi
done
if [ -n "${without_venv:-}" ]; then
    echo "Newsroom: $without_venv has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2
else
    echo "Newsroom needs Python 3.12 or newer; found: $(python3 --version 2>&1 || echo none)." >&2
    echo "Install it (for instance 'apt install python3.13 python3.13-venv', 'brew install python@3.13' or" >&2
    echo "'pyenv install 3.13'), or name one: make run PYTHON=/path/to/python3.13" >&2
fi
exit 1
