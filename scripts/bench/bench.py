"""Times ldaplint and other tools on made-up exports and compares with what is asked for.

Takes the programs as arguments and BENCH_* from the environment; see docs/performance.md.
"""

import argparse
import filecmp
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile

import data
import measure
import peers
from report import Report

# What a user of the plain file takes, about.
BYTES_PER_OBJECT = 1030


def number(name, default):
    """A whole number from the environment."""
    return int(os.environ.get(name, default).replace(",", "").replace("_", ""))


class Bench:
    """One run of everything."""

    def __init__(self, programs, folder):
        self.ldaplint = programs.ldaplint
        self.micro_program = programs.micro
        self.pack = programs.pack
        self.objects = number("BENCH_OBJECTS", "1000000")
        self.runs = number("BENCH_RUNS", "5")
        self.peer_objects = min(self.objects, number("BENCH_PEER_OBJECTS", "100000"))
        self.peer_runs = number("BENCH_PEER_RUNS", "1")
        self.wants_big = number("BENCH_BIG", "1") != 0
        self.folder = folder
        self.data = data.Maker(programs.generator, folder)
        self.report = Report(measure.memory_floor())
        self.micro = []

    def check(self, file, threads, format_="csv", *options):
        """The command that checks `file` with the whole default pack; what `options` do not ask for, such
        as proposals, it leaves out."""
        if "--proposals" in options:
            options = [option for option in options if option != "--proposals"]
        else:
            options = ["--no-proposals", *options]
        return [
            self.ldaplint, "check", file.path, "--threads", str(threads), "--format", format_,
            "--output", self.output(format_), "--quiet", *options,
        ]

    def output(self, suffix):
        return os.path.join(self.folder, f"report.{suffix}")

    def time(self, name, file, command, runs=None, note="", group="ldaplint"):
        runs = runs or self.runs
        cost = measure.median([measure.run(command) for _ in range(runs)])
        if group == "ldaplint" and cost.status not in (0, 1):
            note = f"exit status {cost.status}"
        return self.report.add(name, file, cost, runs, note, group)

    def run(self):
        plain = self.data.make("plain", self.objects)
        one, two, grep = self.plain(plain)
        self.start_up()
        self.memory(two)
        self.dirty(two)
        self.all_dirty(two)
        self.messy()
        self.shapes(two)
        self.many_values()
        self.peers()
        self.parts()
        plain.delete()
        self.big(two)
        self.bars(one, two, grep)

    # The plain file

    def plain(self, file):
        commands = {
            "wc -l": ["wc", "-l", file.path],
            "grep": ["env", "LC_ALL=C", "grep", "-c", "^mail:", file.path],
            "one": self.check(file, 1),
            "two": self.check(file, 2),
        }
        costs = measure.rounds(commands, self.runs)
        add = self.report.add
        grep = add("grep -c '^mail:'", file, costs["grep"], self.runs, group="yardstick")
        add("wc -l", file, costs["wc -l"], self.runs, group="yardstick")
        two = add("check, 2 threads", file, costs["two"], self.runs, self.odd(costs["two"]))
        one = add("check, 1 thread", file, costs["one"], self.runs, self.odd(costs["one"]))
        return one, two, grep

    @staticmethod
    def odd(cost):
        """The clean files have no findings: anything but status 0 is a mistake somewhere."""
        return "" if cost.status == 0 else f"exit status {cost.status}"

    def bars(self, one, two, grep):
        bar = self.report.bar
        bar("plain, 2 threads, over grep", two.cost.wall / grep.cost.wall, 1.25)
        bar("plain, 1 thread, over grep", one.cost.wall / grep.cost.wall, 2.5)
        # In the order in which people ask: the two that everything hangs on come first.
        self.report.bars[:0] = [self.report.bars.pop(-2), self.report.bars.pop(-1)]

    def start_up(self):
        file = self.data.make("hundred", 100)
        row = self.time("check, 100 objects, start to exit", file, self.check(file, 2), runs=21)
        self.report.bar("100 objects, start to exit", row.cost.wall * 1e3, 12, "ms")
        self.base_memory = row.cost.memory
        file.delete()

    def memory(self, two):
        used = two.cost.memory
        limit = 100e6 * max(1.0, self.objects / 1e6)
        self.report.bar("peak memory", used / 1e6, limit / 1e6, "MB")
        quarter = self.data.make("quarter", max(1, self.objects // 4))
        row = self.time("check, 2 threads, a quarter of the objects", quarter,
                        self.check(quarter, 2), runs=1)
        quarter.delete()
        grown = max(1, used - self.base_memory) / max(1, row.cost.memory - self.base_memory)
        self.report.bar("memory for 4 times the objects, beyond that of 100", grown, 4.4)

    # Dirty files

    def dirty(self, two):
        file = self.data.make("dirty", self.objects, "--dirty", "5", "--duplicates", "1")
        row = self.time("check, 5 % dirty, 1 % duplicates", file, self.check(file, 2))
        self.report.bar("5 % dirty and 1 % duplicates, over plain",
                        row.cost.wall / two.cost.wall, 1.25)
        self.same_reports(file)
        proposing = self.time("the same with proposals", file,
                              self.check(file, 2, "csv", "--proposals"), runs=min(3, self.runs))
        self.fix(file, proposing)
        file.delete()

    def same_reports(self, file):
        """Any number of threads must give the same report, byte for byte."""
        kept = self.output("first")
        same = True
        for threads in (1, 2, 16):
            measure.run(self.check(file, threads))
            if threads == 1:
                shutil.move(self.output("csv"), kept)
            else:
                same = same and filecmp.cmp(kept, self.output("csv"), shallow=False)
        os.unlink(kept)
        self.report.bar("reports of 1, 2 and 16 threads that differ", 0.0 if same else 1.0, 0, "")

    def fix(self, file, check):
        if not self.knows("fix", "--unsafe-fixes"):
            self.report.skip("fix", "the program has no such command yet")
            self.report.bar("fix with its verification, over check", None, 3)
            return
        command = [self.ldaplint, "fix", file.path, "--threads", "2", "--quiet",
                   "--output", self.output("patch"), "--undo", self.output("undo")]
        row = self.time("fix with its verification, the same file", file, command,
                        runs=min(3, self.runs))
        self.report.bar("fix with its verification, over check",
                        row.cost.wall / check.cost.wall, 3)

    def knows(self, command, option):
        done = subprocess.run([self.ldaplint, command, "--help"], capture_output=True, text=True,
                              check=False)
        return option in done.stdout

    def all_dirty(self, two):
        """A report of a million findings."""
        file = self.data.make("all-dirty", self.objects, "--dirty", "100")
        rows = [
            self.time(f"check, 100 % dirty, report as {name}", file, self.check(file, 2, name),
                      runs=min(3, self.runs))
            for name in ("csv", "ndjson", "json")
        ]
        most = max(row.cost.memory for row in rows)
        self.report.bar("100 % dirty with its report, over plain",
                        rows[0].cost.wall / two.cost.wall, 3.5)
        self.report.bar("100 % dirty, peak memory", most / 1e6,
                        200 * max(1.0, self.objects / 1e6), "MB")
        for name in ("csv", "ndjson", "json"):
            os.unlink(self.output(name))
        file.delete()

    def messy(self):
        """A forest as one finds it: more than every second object has findings."""
        persons = max(1, self.objects // 5)
        file = self.data.make("messy", persons, "--messy")
        check = self.check(file, 2, "csv", *data.MESSY_TENANT)
        costs = measure.rounds(
            {"grep": ["env", "LC_ALL=C", "grep", "-c", "^mail:", file.path], "check": check},
            self.runs)
        name = f"messy forest, {persons:,} persons"
        row = self.report.add(f"check, {name}", file, costs["check"], self.runs)
        grep = costs["grep"].wall
        self.report.bar(f"{name}, over grep", row.cost.wall / grep, 8)
        self.report.bar(f"{name}, peak memory", row.cost.memory / 1e6,
                        80 * max(1.0, persons / 200_000), "MB")
        proposing = self.time("the same with proposals", file,
                              self.check(file, 2, "csv", "--proposals", *data.MESSY_TENANT), runs=1)
        self.report.bar(f"{name}, with proposals, over grep", proposing.cost.wall / grep, 20)
        file.delete()

    # Other shapes

    def shapes(self, two):
        shapes = [
            ("every value in Base64", self.objects, ["--base64"]),
            ("CR LF", self.objects, ["--crlf"]),
            ("folded lines", self.objects, ["--fold"]),
            ("10 % not ASCII", self.objects, ["--non-ascii", "10"]),
            ("all attribute names different", self.objects, ["--distinct-names"]),
            (f"one group of {self.objects:,} members", 0, ["--group", str(self.objects)]),
        ]
        for name, objects, options in shapes:
            file = self.data.make("shape", objects, *options)
            row = self.time(f"check, {name}", file, self.check(file, 2))
            ratio = (row.cost.wall / file.bytes) / (two.cost.wall / two.bytes)
            self.report.bar(f"{name}, per byte over plain", ratio, 3)
            file.delete()

    def many_values(self):
        """Objects with thousands of values at fault: time must grow with the number of values."""
        space = data.users(1, lambda i: f"smtp: x{i}@contoso.com")
        shared = data.users(2, lambda i: f"smtp:x{i}@contoso.com")
        primary = data.users(1, lambda i: f"SMTP:x{i}@contoso.com")
        options = data.users(1, lambda i: f"a{i}@contoso.com", lambda i: f"mail;x-{i}")
        shapes = [
            ("fix, one object, repairable values", "fix", 8_000, space),
            ("fix, one object, primary addresses", "fix", 8_000, primary),
            ("check, two objects share addresses", "check", 20_000, shared),
            ("check, one object, values at fault", "check", 300_000, space),
            ("check, one object, options", "check", 100_000, options),
        ]
        for name, command, most, shape in shapes:
            walls = []
            for count in (most // 2, most):
                file = self.data.write("values", shape, count)
                row = self.time(f"{name}: {count:,}", file, [
                    self.ldaplint, command, file.path, "--threads", "2", "--quiet",
                    "--output", self.output("values")], runs=min(3, self.runs))
                walls.append(row.cost.wall)
                file.delete()
            # What is over in no time says nothing of how it grows.
            self.report.bar(f"{name}, twice as many", walls[1] / max(walls[0], 0.05), 2.3)
            if command == "fix":
                self.report.bar(f"{name}: {most:,}", walls[1], 2, "s")

    def big(self, two):
        """Ten times as much, with and without a limit to the memory."""
        text = "10 times the objects, per object over plain"
        objects = self.objects * 10
        if not self.wants_big or not self.data.has_room(objects * BYTES_PER_OBJECT):
            why = "BENCH_BIG=0" if not self.wants_big else "the disk has no room"
            self.report.skip(f"{objects:,} objects", why)
            self.report.bar(text, None, 1.15)
            return
        file = self.data.make("big", objects)
        runs = min(3, self.runs)
        row = self.time(f"check, {objects:,} objects", file, self.check(file, 2), runs=runs)
        per_object = (row.cost.wall / row.objects) / (two.cost.wall / two.objects)
        self.report.bar(text, per_object, 1.15)
        if self.knows("check", "--memory-limit"):
            kept = self.output("unlimited")
            shutil.move(self.output("csv"), kept)
            limited = self.time("the same, --memory-limit 256M", file,
                                self.check(file, 2, "csv", "--memory-limit", "256M"), runs=1)
            same = filecmp.cmp(kept, self.output("csv"), shallow=False)
            self.report.bar("256 MB limit, peak memory", limited.cost.memory / 1e6, 268, "MB")
            self.report.bar("256 MB limit, reports that differ", 0.0 if same else 1.0, 0, "")
        else:
            self.report.skip("--memory-limit", "the program has no such option yet")
        file.delete()

    # Others, and the parts of ours

    def peers(self):
        whole = self.data.make("peers", self.peer_objects)
        for peer in peers.all_peers(self.folder):
            if peer.command is None:
                self.report.skip(peer.name, peer.missing)
                continue
            file = whole
            if peer.share < 1:
                file = self.data.make("peer", max(1, int(self.peer_objects * peer.share)))
            note = f"{file.objects:,} objects: {peer.does}"
            row = self.time(peer.name, file, peer.command(file.path), self.peer_runs, note, "peer")
            if row.cost.status != 0:
                self.report.skip(peer.name, f"it ended with status {row.cost.status}")
                self.report.rows.remove(row)
            if file is not whole:
                file.delete()
        whole.delete()

    def parts(self):
        """The micro-benchmarks, which know what the parse alone takes."""
        text = "parse only, 1 thread, over memchr tokenising"
        if self.micro_program is None:
            self.report.bar(text, None, 0.8, at_least=True)
            return
        file = self.data.make("micro", min(self.objects, 200_000))
        done = subprocess.run(
            [self.micro_program, "--json", "--runs", str(self.runs), file.path, self.pack],
            capture_output=True, text=True, check=False)
        file.delete()
        if done.returncode != 0:
            # Everything else has been measured by now and must not be lost.
            self.report.skip("parts", done.stderr.strip() or f"status {done.returncode}")
            self.report.bar(text, None, 0.8, at_least=True)
            return
        self.micro = json.loads(done.stdout)
        print("\nParts, CPU time, one thread:")
        for row in self.micro:
            speed = row["bytes_per_second"]
            print(f"  {row['name']:46}{row['ns']:9.1f} ns per {row['unit']:12}"
                  + (f"{speed / 1e9:6.2f} GB/s" if speed else ""))
        speeds = {row["name"]: row["bytes_per_second"] for row in self.micro}
        parse = next(speed for name, speed in speeds.items() if "parse only" in name)
        tokens = next(speed for name, speed in speeds.items() if "memchr" in name)
        self.report.bar(text, parse / tokens, 0.8, at_least=True)
        self.report.bar("parse only, 1 thread", parse / 1e9, 2, "GB/s", at_least=True)


def machine():
    """What the numbers were taken on."""
    model = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as source:
            model = next(line.split(":", 1)[1].strip() for line in source if "model name" in line)
    except (OSError, StopIteration):
        pass
    return {
        "processor": model, "cores": os.cpu_count(), "system": platform.platform(),
        "load_average": os.getloadavg()[0],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ldaplint", required=True)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--micro")
    parser.add_argument("--pack", default="rules/entra-id")
    parser.add_argument("--json", required=True)
    programs = parser.parse_args()
    # So that the temporary folder goes away however the run ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    about = machine()
    print(f"{about['processor']}, {about['cores']} cores, load {about['load_average']:.1f}")
    if about["load_average"] > 0.5:
        print("The machine is busy: trust the ratios, not the seconds.")
    with tempfile.TemporaryDirectory(prefix="ldaplint-bench-",
                                     dir=os.environ.get("BENCH_DIR")) as folder:
        bench = Bench(programs, folder)
        bench.run()
    bench.report.print_bars()
    options = {"objects": bench.objects, "runs": bench.runs}
    bench.report.write_json(programs.json, about, options, bench.micro)
    print(f"\nThe same as JSON: {programs.json}")
    if os.environ.get("BENCH_STRICT") and any(bar.met is False for bar in bench.report.bars):
        sys.exit(1)


if __name__ == "__main__":
    main()
