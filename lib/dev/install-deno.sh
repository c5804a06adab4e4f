#!/bin/sh
# Puts the pinned Deno inside the checkout: into .venv from PyPI, or into .cache/npm where there is no Python.
# Run by the Makefile from the repository's root, only when no Deno that is new enough is on PATH.
set -eu
version=$1

unreachable() {
  echo "Can't download Deno $version: see above. This needs a network that reaches $1, once; behind a proxy set HTTPS_PROXY." >&2
  exit 1
}

if command -v "${PYTHON:-python3}" >/dev/null 2>&1; then
  if [ -x .venv/bin/pip ] || sh lib/dev/make-venv.sh; then
    echo "Installing Deno $version into .venv (42 MB to download, once) …"
    .venv/bin/python -m pip install --quiet --retries 1 "deno==$version" || unreachable "the Python package index"
    exit 0
  fi
fi

if command -v npm >/dev/null 2>&1; then
  echo "Installing Deno $version into .cache/npm (42 MB to download, once) …"
  mkdir -p .cache/npm
  npm install --prefix .cache/npm --no-save --no-audit --no-fund --loglevel=error "deno@$version" ||
    unreachable "the npm registry"
  exit 0
fi

echo "Can't install Deno $version: neither Python 3 with venv nor npm is on PATH." >&2
echo "Install one of them (Debian, Ubuntu: apt install python3-venv), or Deno itself: https://docs.deno.com" >&2
exit 1
