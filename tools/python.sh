#!/bin/sh
# Prints a Python that Newsroom runs on (3.12 or newer, with venv), or says what is missing.
# The one behind a virtual environment or a shim is printed: .venv must not be made from itself.
incomplete=
for name in ${PYTHON:-} python3 python3.13 python3.12 python3.14 python \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3; do
    "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 12))' >/dev/null 2>&1 || continue
    if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        "$name" -c 'import sys; print(sys._base_executable)'
        exit 0
    fi
    incomplete=$name
done
if [ -n "$incomplete" ]; then
    echo "Newsroom: $incomplete comes without the venv module. On Debian and Ubuntu: apt install python3-venv" >&2
else
    echo "Newsroom needs Python 3.12 or newer; found $(python3 --version 2>/dev/null || echo no python3)." >&2
    echo "Install one ('apt install python3.13-venv', 'brew install python@3.13', 'pyenv install 3.13')," >&2
    echo "or name it: make run PYTHON=/path/to/python3.13" >&2
fi
exit 1
