"""Runs a command and says what it cost."""

import dataclasses
import os
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Cost:
    """What one run took: seconds of wall and CPU time, bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: int
    status: int


def run(command, null=False):
    """Runs `command` once and drops what it prints; to /dev/null itself when `null`."""
    # Else not there: grep notices that and stops at the first match.
    with open(os.devnull, "wb") if null else tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - started
    # Popen must not wait for it again.
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        # Kilobytes on Linux, bytes on macOS.
        memory=usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024),
        status=process.returncode,
    )


def median(costs):
    """The medians of several runs; the most memory of any."""
    return Cost(
        wall=statistics.median(cost.wall for cost in costs),
        cpu=statistics.median(cost.cpu for cost in costs),
        memory=max(cost.memory for cost in costs),
        status=costs[-1].status,
    )


def rounds(commands, count):
    """Runs `commands`, a map of name to command or to a function that measures one, `count` times
    in turn; the median of each.

    In turn, so that a busy minute of the machine falls on all of them.
    """
    costs = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            costs[name].append(command() if callable(command) else run(command))
    return {name: median(list_) for name, list_ in costs.items()}


def memory_floor():
    """What a process seems to hold because it was started from this one."""
    return run(["true"]).memory
