"""What the measuring scripts share: the release programs, and what a program costs."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PERIOD = ["--period", "2024-Q3"]


class Cost(NamedTuple):
    """Seconds of wall and of both kinds of CPU; MB of the largest resident set as the kernel counts it.

    A process starts as a copy of the script, so that less than the script's own 20 MB cannot be told apart.
    """

    wall: float
    cpu: float
    memory: float


def built(*examples):
    """Builds the release programs; their folder."""
    command = ["cargo", "build", "--release", "--message-format=json-render-diagnostics", "--bin", "mms"]
    for example in examples:
        command += ["--example", example]
    said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    for line in said.splitlines():
        made = json.loads(line)
        if made.get("executable") and made["target"]["name"] == "mms":
            return Path(made["executable"]).parent
    sys.exit("cargo named no program")


def run(command, output=subprocess.DEVNULL):
    """Runs a program to its end and gives its cost; a failure ends everything."""
    started = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}: {said.decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
