#!/bin/sh
# Makes .venv with the locked dependencies, and sees to the system libraries that Qt needs on Debian and Ubuntu.
# Run through `make setup`; does nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."
lock=requirements/dev.lock

as_root() { # runs a command as root, or says which one to run
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then sudo "$@"
  else echo "Please run this command as an administrator, then try again:" >&2; echo "  $*" >&2; return 1
  fi
}

install_packages() {
  command -v apt-get >/dev/null 2>&1 || { echo "These system packages are missing: $*. Please install them." >&2; return 1; }
  as_root sh -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $*" >/dev/null
}

find_python() {
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
      && { echo "$candidate"; return; }
  done
  echo "Ampleur needs Python 3.11 or newer; none was found." >&2; exit 1
}

qt_packages() { # the packages whose library is missing
  for pair in libGL.so.1:libgl1 libEGL.so.1:libegl1 libglib-2.0.so.0:libglib2.0-0 libfontconfig.so.1:libfontconfig1 \
              libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3 libxcb-cursor.so.0:libxcb-cursor0 \
              libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0 \
              libxkbcommon-x11.so.0:libxkbcommon-x11-0; do
    ldconfig -p 2>/dev/null | grep -q "${pair%%:*}" || printf '%s ' "${pair##*:}"
  done
}

python=$(find_python)
if [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null 2>&1; then
  PATH="$PATH:/sbin:/usr/sbin"
  missing=$(qt_packages)
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    missing="$missing python$version-venv"
  fi
  if [ -n "$missing" ]; then
    echo "Installing system packages: $missing"
    # shellcheck disable=SC2086
    install_packages $missing || "$python" -c 'import ensurepip, venv' 2>/dev/null || exit 1
  fi
fi

wanted="$("$python" -c "import hashlib, sys; print(sys.version, hashlib.sha256(open('$lock', 'rb').read()).hexdigest())")"
if [ "$(cat .venv/installed 2>/dev/null || true)" != "$wanted" ]; then
  echo "Installing the locked dependencies into .venv (once)"
  rm -rf .venv
  "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r "$lock"
  printf '%s' "$wanted" > .venv/installed
fi
