"""Times a check of a live directory against ldapsearch reading the same from the same server.

Starts slapd on loopback with made-up users, asks for the same attributes with the same filter in both
cases, and lets the two take turns. See docs/performance.md.
"""

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import data
import measure
from bench import machine, number

SERVE = os.path.join(
    os.path.dirname(__file__), "..", "..", "Tests", "Support", "Servers", "serve.sh")
BASE = "dc=contoso,dc=com"
PASSWORD = "readme"
READER = f"cn=reader,{BASE}"
LIMIT = 1.3


def load_file(maker, objects):
    """Writes an export that slapd loads: every parent before its children, and a login."""
    users = maker.make("users", objects)
    # Line by line: what this process holds would count as the memory of those that it starts.
    units = set()
    with open(users.path, encoding="utf-8") as source:
        for line in source:
            if line.startswith("dn: CN="):
                units.add(line[line.index(",OU=") + 1:].rstrip())
    path = os.path.join(maker.folder, "directory.ldif")
    with open(path, "w", encoding="utf-8") as target:
        target.write(f"dn: {BASE}\nobjectClass: domainDNS\nobjectClass: top\ndc: contoso\n\n")
        known = set()
        for unit in sorted(units):
            parts = unit.split(",")
            for start in range(len(parts) - 3, -1, -1):
                name = ",".join(parts[start:])
                if name not in known:
                    known.add(name)
                    target.write(f"dn: {name}\nobjectClass: organizationalUnit\n"
                                 f"ou: {parts[start][3:]}\n\n")
        target.write(f"dn: {READER}\nobjectClass: person\ncn: reader\n"
                     f"userPassword: {PASSWORD}\n\n")
        with open(users.path, encoding="utf-8") as source:
            shutil.copyfileobj(source, target)
    users.delete()
    return path


@contextlib.contextmanager
def slapd(path):
    """A slapd that holds the objects of the LDIF file at `path`; yields its URL."""
    settings = {"LDIF": path, "BASE": BASE, "LOOSE": "1"}
    with subprocess.Popen(
            ["bash", SERVE, "slapd"], env={**os.environ, **settings}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        try:
            values = {}
            for line in server.stdout:
                if line.startswith("CANNOT "):
                    sys.exit(f"slapd: {line[7:].strip()}")
                if line.strip() == "READY":
                    break
                name, _, value = line.strip().partition("=")
                values[name] = value
            if "PORT" not in values:
                sys.exit("slapd did not start")
            yield f"ldap://127.0.0.1:{values['PORT']}"
        finally:
            # It stops when its input ends.
            server.stdin.close()
            server.wait()


def head(path):
    """What the comments at the head of a snapshot say."""
    found = {}
    with open(path, encoding="utf-8") as source:
        lines = re.sub("\n ", "", source.read(1 << 20)).split("\n")
    for line in lines:
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(": ")
        found[key] = value
    return found


def show(name, cost, objects, floor):
    memory = f"{cost.memory / 1e6:.0f}"
    if cost.memory <= floor * 1.1:
        memory = "<" + memory
    print(f"{name:32}{cost.wall:9.3f}{cost.cpu:9.3f}{memory:>9}"
          f"{objects / cost.wall:12,.0f}", flush=True)


def bench(programs, folder):
    """Measures, prints, and returns the ratio of the wall times."""
    objects = number("BENCH_OBJECTS", "100000")
    runs = number("BENCH_RUNS", "5")
    password = os.path.join(folder, "password")
    with open(password, "w", encoding="utf-8") as target:
        os.fchmod(target.fileno(), 0o600)
        target.write(PASSWORD)
    snapshot = os.path.join(folder, "snapshot.ldif")
    path = load_file(data.Maker(programs.generator, folder), objects)
    with slapd(path) as url:
        check = [programs.ldaplint, "check", url, "--bind-dn", READER, "--password-file", password,
                 "--format", "csv", "--output", os.path.join(folder, "report.csv")]
        # Tells what is asked for, and warms slapd up for both.
        first = measure.run([*check, "--save", snapshot])
        if first.status not in (0, 1):
            sys.exit(f"ldaplint check {url}: exit status {first.status}")
        asked = head(snapshot)
        search = ["ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-E", "pr=1000/noprompt", "-x",
                  "-H", url, "-D", READER, "-y", password, "-b", asked["base"], asked["filter"],
                  *asked["attributes"].split(" ")]
        costs = measure.rounds({
            "ldapsearch": lambda: measure.run(search, null=True),
            "ldaplint check": lambda: measure.run(check),
            "ldaplint check, one thread": lambda: measure.run([*check, "--threads", "1"]),
            "ldaplint check of the snapshot": lambda: measure.run(
                [programs.ldaplint, "check", snapshot, *check[-4:]]),
        }, runs)
    print(f"\n{objects:,} users, {len(asked['attributes'].split(' '))} attributes asked for, "
          f"{os.path.getsize(snapshot) / 1e6:.0f} MB as LDIF; the median of {runs} runs in turn\n")
    print(f"{'':32}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'objects/s':>12}")
    floor = measure.memory_floor()
    for name, cost in costs.items():
        if cost.status not in (0, 1):
            sys.exit(f"{name}: exit status {cost.status}")
        show(name, cost, objects, floor)
    return costs["ldaplint check"].wall / costs["ldapsearch"].wall


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ldaplint", required=True)
    parser.add_argument("--generator", required=True)
    programs = parser.parse_args()
    # So that the server and the temporary folder go away however the run ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    about = machine()
    print(f"{about['processor']}, {about['cores']} cores, load {about['load_average']:.1f}")
    with tempfile.TemporaryDirectory(prefix="ldaplint-bench-",
                                     dir=os.environ.get("BENCH_DIR")) as folder:
        ratio = bench(programs, folder)
    word = "met" if ratio <= LIMIT else "MISSED"
    print(f"\nldaplint check / ldapsearch, wall: {ratio:.2f} (limit {LIMIT}): {word}")
    if os.environ.get("BENCH_STRICT") and ratio > LIMIT:
        sys.exit(1)


if __name__ == "__main__":
    main()
