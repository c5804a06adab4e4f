#!/bin/sh
# Makes .venv in the repository's root, or the folder that is named instead, or says what the machine lacks and leaves
# nothing half made.
python=${PYTHON:-python3}
venv=${1:-.venv}

if ! command -v "$python" >/dev/null 2>&1; then
  echo "Can't make $venv: no $python on PATH. Install Python 3.10 or newer, or name one: make PYTHON=… " >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
  echo "Can't make $venv: $("$python" --version) comes without venv (Debian, Ubuntu: apt install python3-venv)." >&2
  exit 1
fi
if ! "$python" -m venv "$venv"; then
  rm -rf "$venv"
  echo "Can't make $venv with $("$python" --version): see the message above." >&2
  exit 1
fi
