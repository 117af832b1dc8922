#!/bin/sh
# Writes requirements/*.lock again: exact versions with hashes, for every platform, and no index address.
# Needs `uv` on the PATH; run it only to change a dependency.
set -eu
cd "$(dirname "$0")/.."
lock() { uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
         --no-emit-index-url --no-annotate pyproject.toml "$@"; }
lock -o requirements/analysis.lock
lock --extra gui -c requirements/analysis.lock -o requirements/gui.lock
lock --extra gui --extra dev -c requirements/gui.lock -o requirements/dev.lock
lock --extra bench -c requirements/analysis.lock -o requirements/bench.lock
