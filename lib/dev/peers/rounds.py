"""What every peer shares: it does its work when told to, as often as a round takes, and says how long it took."""

import json
import os
import resource
import sys
import time
from importlib.metadata import version
from statistics import median

# As in lib/dev/bench/answer_rounds.ts.
ROUND_SECONDS = 0.4


def answer(works, packages):
    """Answers lines on stdin, the name of a work each, with a line of JSON each, until stdin ends.

    A work returns None or facts about its result; facts that are slow to find are a function's, called off the clock.
    """
    say({"versions": {"python": sys.version.split()[0], **{name: version(name) for name in packages}}})
    for line in sys.stdin:
        work = works[line.strip()]
        times, facts = [], None
        cpu, start = cpu_seconds(), time.perf_counter()
        while not times or time.perf_counter() - start < ROUND_SECONDS:
            begun = time.perf_counter()
            facts = work()
            times.append(1000 * (time.perf_counter() - begun))
        spent = 1000 * (cpu_seconds() - cpu)
        say({"ms": median(times), "cpuMs": spent / len(times), "facts": facts() if callable(facts) else facts or {}})


def cpu_seconds():
    """The processor's time, all threads together, that of programs that were started and have ended included."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def say(value):
    print(json.dumps(value), flush=True)


def run(works, once, packages):
    """`PEER FILE` does the whole work once, as a program of its own, into FILE; without arguments it answers rounds."""
    if len(sys.argv) > 1:
        once(sys.argv[1])
    else:
        answer(works, packages)


def cache(name):
    """A file that the bench and its peers hand each other."""
    return os.path.join(".cache", "bench", name)
