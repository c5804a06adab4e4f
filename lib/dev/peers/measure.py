"""Runs a command once and prints what it took: `measure.py COMMAND ARGUMENT …`. Its own output is left out."""

import json
import os
import sys
import time

start = time.perf_counter()
null = os.open(os.devnull, os.O_RDWR)
pid = os.posix_spawnp(
    sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1)]
)
_, status, usage = os.wait4(pid, 0)
ms = 1000 * (time.perf_counter() - start)
# The kernel counts kB, on macOS bytes.
megabytes = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
cpu_ms = 1000 * (usage.ru_utime + usage.ru_stime)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "ms": ms, "cpuMs": cpu_ms, "megabytes": megabytes}))
