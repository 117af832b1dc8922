#!/bin/sh
# What must not stand in the repository: paths of one machine, addresses of registries, sleeps in tests, unpickling.
set -u
cd "$(dirname "$0")/.."
status=0
forbid() { # description, pattern, places...
  what=$1 pattern=$2; shift 2
  if git grep -nE -e "$pattern" -- "$@" ':!tools/hygiene.sh'; then echo "hygiene: $what" >&2; status=1; fi
}
forbid "a path of one machine" '(^|[^.[:alnum:]_])/(home|root|Users)/[a-z]' '*.py' '*.md' '*.toml' '*.sh' Makefile
forbid "an address of a package registry" '--(extra-)?index-url|://pypi|://registry\.npm' '*.lock' '*.toml' '*.md' '*.sh' '*.py' Makefile
forbid "a sleep in a test" 'time\.sleep|qtbot\.wait\(' tests
forbid "something that unpickles or evaluates" '\b(pickle|shelve|marshal|QDataStream)\b|\beval\(' analysis gui main.py
[ "$(git grep -nE 'QSettings' -- gui analysis main.py | grep -cvE 'import|setPath|Never QSettings')" = 0 ] || { echo "hygiene: QSettings" >&2; status=1; }
exit $status
