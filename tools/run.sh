#!/bin/sh
# Prepares the database and serves: asks nothing, binds to 127.0.0.1, ends with its children.
set -u
export PORT="${PORT:-8000}" PYTHONUNBUFFERED=1
python -m newsroom.start || exit
# honcho ends its children on SIGINT and SIGTERM only: it is kept from the SIGHUP of a closed terminal,
# which would part it from them, and gets a SIGTERM in its place.
(trap '' HUP; exec honcho start --no-prefix) &
honcho=$!
trap 'kill -TERM "$honcho" 2>/dev/null' HUP INT TERM
# A signal ends `wait` early; it is over when honcho has gone.
while kill -0 "$honcho" 2>/dev/null; do
    wait "$honcho"
    code=$?
done
case $code in
    130 | 143) exit 0 ;; # stopped by SIGINT or SIGTERM, as asked
    *) exit "$code" ;;
esac
