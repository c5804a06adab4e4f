#!/bin/sh
# `make native`: @tensorflow/tfjs-node with TensorFlow's own library, into .cache/tensorflow, a project of its own.
# First the package's own way: its script downloads a prebuilt library. Where that host is not reached, the library of
# PyPI's tensorflow-cpu and one call of g++ on the package's binding sources do the same (Linux x86_64 with glibc).
set -eu
cd "$(dirname "$0")/../.."
FROM=$PWD/lib/retrieve/tensorflow
TO=$PWD/.cache/tensorflow
WHEEL=tensorflow-cpu==2.12.1
say() { echo "$*" >&2; }
probe() { (cd "$TO" && deno run --no-prompt --allow-read --allow-env --allow-sys --allow-ffi=. "$FROM/probe.ts" >"$TO/probe.log" 2>&1); }
finish() { cp "$FROM/deno.lock" "$TO/.installed"; say "TensorFlow computes now: openTensors() takes it."; exit 0; }

mkdir -p "$TO"
cp "$FROM/deno.json" "$FROM/deno.lock" "$TO/"
if [ -e "$TO/.installed" ] && cmp -s "$FROM/deno.lock" "$TO/.installed" && probe; then
  say 'TensorFlow is there already, and computes.'
  exit 0
fi
rm -f "$TO/.installed"
say 'Installing @tensorflow/tfjs-node into .cache/tensorflow (60 MB to download, 300 MB on disk, once) …'
(cd "$TO" && deno install --frozen --quiet)
PKG=$(cd "$TO/node_modules/@tensorflow/tfjs-node" && pwd -P)

if [ "${NATIVE_BUILD:-}" = "" ]; then
  say "Trying the package's own download of TensorFlow (at most a minute) …"
  (cd "$PKG" && timeout 60 deno run --no-prompt --allow-all scripts/install.js >"$TO/download.log" 2>&1) || true
  if probe; then finish; fi
  say 'That can not be had here.'
fi

if [ "$(uname -sm)" != 'Linux x86_64' ]; then
  say "No TensorFlow for $(uname -sm) from the package indexes: WebAssembly computes instead, a few times slower."
  exit 1
fi
for tool in "${CXX:-g++}" strip; do
  command -v "$tool" >/dev/null || { say "Can't build TensorFlow's binding: $tool is missing (Debian: apt install g++)."; exit 1; }
done
if [ ! -e "$TO/lib/libtensorflow_cc.so.2" ]; then
  say "Fetching $WHEEL from the Python package index (232 MB, once) …"
  rm -rf "$TO/wheel"
  mkdir -p "$TO/wheel"
  "${PYTHON:-python3}" -m pip download --quiet --no-deps --only-binary=:all: --implementation cp --python-version 3.10 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 --dest "$TO/wheel" "$WHEEL"
  echo "d05b8268da5bd87cf43d46da177e3b3ca39f2db0437e56c5e18351db4cde8679  $TO/wheel/$(ls "$TO/wheel")" | sha256sum --check --quiet
  "${PYTHON:-python3}" - "$TO/wheel" <<'PY'
import glob, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
headers = ("tensorflow/include/tensorflow/c/", "tensorflow/include/tensorflow/core/platform/",
           "tensorflow/include/tensorflow/tsl/", "tensorflow/include/tsl/")
libraries = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
for name in wheel.namelist():
    if name in libraries or name.startswith(headers) or name.endswith(("THIRD_PARTY_NOTICES.txt", "dist-info/LICENSE")):
        wheel.extract(name, sys.argv[1])
PY
  mkdir -p "$TO/lib"
  strip --strip-unneeded "$TO"/wheel/tensorflow/libtensorflow_*.so.2
  mv "$TO"/wheel/tensorflow/libtensorflow_framework.so.2 "$TO/lib/"
  rm -rf "$TO/include"
  mv "$TO/wheel/tensorflow/include" "$TO/include"
  mv "$TO"/wheel/tensorflow/libtensorflow_cc.so.2 "$TO/lib/"
  rm -rf "$TO/wheel"
fi
say "Building the binding with ${CXX:-g++} …"
mkdir -p "$PKG/lib/napi-v8" "$PKG/deps/lib"
"${CXX:-g++}" -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -I"$TO/node_modules/node-api-headers/include" \
  -I"$PKG/binding" -I"$TO/include" "$PKG/binding/tfjs_backend.cc" "$PKG/binding/tfjs_binding.cc" \
  -o "$PKG/lib/napi-v8/tfjs_binding.node" -L"$TO/lib" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
  '-Wl,-rpath,$ORIGIN/../../deps/lib'
for library in libtensorflow_cc.so.2 libtensorflow_framework.so.2; do ln -sf "$TO/lib/$library" "$PKG/deps/lib/$library"; done
if probe; then finish; fi
say "TensorFlow was built and does not compute: see .cache/tensorflow/probe.log. WebAssembly computes instead."
exit 1
