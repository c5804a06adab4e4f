#!/bin/sh
# Starts the embedded model's server in the background, or stops it: `make start-all`, `make stop`.
# Its number is in .cache/llm.pid as long as it listens: the server writes it and takes it away itself.
set -eu
pid_file=.cache/llm.pid
log=.cache/llm.log

running() {
  [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null
}

case ${1:-} in
start)
  if running; then
    echo "Runs already: process $(cat "$pid_file"), what it says is in $log. \`make stop\` ends it."
    exit 0
  fi
  mkdir -p .cache
  rm -f "$pid_file"
  nohup deno task --quiet pose llm --pid-file "$pid_file" >"$log" 2>&1 </dev/null &
  started=$!
  while ! [ -f "$pid_file" ]; do
    if ! kill -0 "$started" 2>/dev/null; then
      cat "$log" >&2
      exit 1
    fi
    sleep 0.2
  done
  cat "$log"
  echo "In the background: process $(cat "$pid_file"), what it says is in $log. \`make stop\` ends it."
  ;;
stop)
  if running; then
    pid=$(cat "$pid_file")
    kill "$pid"
    # It lets running answers come to their end.
    tries=50
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -gt 0 ]; do
      tries=$((tries - 1))
      sleep 0.2
    done
    echo 'Stopped.'
  else
    echo 'Nothing runs in the background.'
  fi
  rm -f "$pid_file"
  ;;
*)
  echo 'Usage: llm-server.sh start|stop' >&2
  exit 2
  ;;
esac
