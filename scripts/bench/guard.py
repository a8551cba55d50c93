"""Fails when the program has become slower, without looking at a clock.

Three guards. The first counts the instructions of two small runs (valgrind's callgrind), of a check in all
and in each core routine with what it calls, and of planning repairs for each object that the plan
changes, and compares them with the limits in Benchmarks/limits.json; `--renew` writes that file anew.
The second compares the CPU time of a larger run with that of grep on the same file, with a wide
margin, in case instructions stop telling the truth. The third compares the memory of two runs in which
every object has findings, without proposals and with: a report that is held in memory shows.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import data
import measure

LIMITS = pathlib.Path(__file__).resolve().parents[2] / "Benchmarks" / "limits.json"

# Hash keys drawn anew move the counts by less than 0.1 %; another libc or processor, for which
# other variants of memchr are chosen, by a few percent.
TOLERANCE = 1.05

# What callgrind calls them once the names are demangled; the first match of each counts.
ROUTINES = {
    "read a chunk (ChunkReader.read)": r"ChunkReader\.read\(chunk:",
    "split a record (RecordScanner.scan)": r"RecordScanner\.scan\(",
    "scope (ObjectView.decide)": r"ObjectView\.decide\(_:\)",
    "checks (RuleEvaluator.check)": r"RuleEvaluator\.check\(",
    "unique values (RuleEvaluator.addKeys)": r"RuleEvaluator\.addKeys\(",
    "duplicates (DuplicatePass.run)": r"DuplicatePass\.run\(",
    "reports (LintResult.render)": r"LintResult\.render<|LintResult\.render\(|ReportOutput\.write\(",
}
WHOLE = "the whole run"
# Reading, judging and reporting a forest in which most objects have findings, over their number.
FINDING = "a finding of a messy forest"
PARTS_OF_FINDING = {
    "run": r"LintRun\.run\(\)",
    "report": r"LintResult\.render<|LintResult\.render\(|ReportOutput\.write\(",
}
MESSY_PERSONS = 2000
PLAN = "a plan, per object that it changes"
PLAN_ROUTINE = r"PlanSearch\.plan\("

OBJECTS = 2000
DATA = ["--dirty", "5", "--duplicates", "1", "--seed", "7"]

# What the plan has is counted, so that more repairs are not more instructions.
PLAN_OBJECTS = 1000
PLAN_DATA = ["--dirty", "50", "--duplicates", "5", "--seed", "7"]

GREP_OBJECTS = 100_000
GREP_LIMIT = 5.0
GREP_RUNS = 5

# Eight unique values of 12 bytes and some findings of 24 are about 120 bytes; an object's part of a
# report has several hundred.
REPORT_OBJECTS = (10_000, 80_000)
REPORT_LIMIT = 300
# With proposals there is a plan for each object as well.
PROPOSALS_LIMIT = 4600


def instructions(program, folder, maker):
    """The instructions of each core routine with what it calls, and of a plan for one object."""
    file = maker.make("guard", OBJECTS, *DATA)
    check = ["check", "--format", "csv", "--no-proposals", "--quiet", "--output",
             os.path.join(folder, "out.csv")]
    text, _ = callgrind(program, folder, file, check)
    found = parse(text, ROUTINES)
    found[FINDING] = finding(program, folder, maker, check)
    file = maker.make("plan", PLAN_OBJECTS, *PLAN_DATA)
    fix = ["fix", "--unsafe-fixes", "--output", os.path.join(folder, "patch.ldif")]
    text, told = callgrind(program, folder, file, fix)
    plan = parse(text, {PLAN: PLAN_ROUTINE}).get(PLAN)
    changed = re.search(r"([\d,]+) objects? to change", told)
    if not plan or not changed:
        sys.exit(f"the instructions of a plan cannot be counted:\n{told[-2000:]}")
    found[PLAN] = plan // int(changed[1].replace(",", ""))
    return found


def finding(program, folder, maker, check):
    """The instructions of a finding of a messy forest: all but the start of the program."""
    file = maker.make("messy", MESSY_PERSONS, "--messy")
    text, _ = callgrind(program, folder, file, [*check, *data.MESSY_TENANT])
    with open(os.path.join(folder, "out.csv"), encoding="utf-8", newline="") as report:
        findings = sum(1 for _ in csv.reader(report)) - 1
    parts = parse(text, PARTS_OF_FINDING)
    missing = PARTS_OF_FINDING.keys() - parts.keys()
    if missing:
        sys.exit(f"not among the functions: {', '.join(missing)}; the guard must be told their names")
    return sum(parts[name] for name in PARTS_OF_FINDING) // findings


def callgrind(program, folder, file, arguments):
    """Runs the program on `file`, which it deletes: the counts as text, and what the run said."""
    # valgrind 3.19 gives up on Swift's debug information, which is not needed.
    stripped = os.path.join(folder, "ldaplint")
    shutil.copy2(program, stripped)
    if shutil.which("strip"):
        subprocess.run(["strip", "--strip-debug", stripped], check=True)
    counts = os.path.join(folder, "callgrind.out")
    command = [
        "valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", stripped, arguments[0],
        file.path, "--threads", "1", *arguments[1:],
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"})
    file.delete()
    # Status 1: there are findings.
    if done.returncode != 1 or not os.path.exists(counts):
        sys.exit(f"callgrind failed with status {done.returncode}:\n{done.stderr[-2000:]}")
    return annotate(counts), done.stderr


def annotate(counts):
    text = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", counts],
        capture_output=True, text=True, check=True).stdout
    return subprocess.run(
        ["swift", "demangle", "--simplified"], input=text, capture_output=True, text=True,
        check=True).stdout


def parse(text, routines):
    """The counts by routine, out of lines such as `452,160 (72.46%)  ???:ChunkPass.read(…) […]`."""
    found = {}
    for line in text.splitlines():
        match = re.match(r"\s*([\d,]+) \([ \d.]+%\)\s+(.*)", line)
        if not match:
            continue
        count = int(match[1].replace(",", ""))
        if match[2].startswith("PROGRAM TOTALS"):
            found[WHOLE] = count
        # Closures inside a routine are listed by themselves: only the routine itself counts.
        symbol = re.sub(r"^[^:]*:", "", match[2])
        symbol = re.sub(r"^(static|specialized|generic specialization <.*?> of) ", "", symbol)
        for name, pattern in routines.items():
            if name not in found and re.match(f"(static |specialized )*(?:{pattern})", symbol):
                found[name] = count
    return found


def compare(found):
    """Prints found and limit; whether all is well."""
    limits = json.loads(LIMITS.read_text())["instructions"]
    fine = True
    print(f"{'instructions':44}{'now':>14}{'limit':>14}")
    for name, limit in limits.items():
        if name not in found:
            # The optimiser may have put it into its caller, which then pays for it.
            print(f"{name:44}{'inlined':>14}{limit:14,}  renew the limits")
            fine = False
            continue
        word = ""
        if found[name] > limit:
            word, fine = "TOO MANY", False
        elif found[name] * 1.2 < limit:
            word = "a fifth fewer: renew the limits to keep it so"
        print(f"{name:44}{found[name]:14,}{limit:14,}  {word}")
    return fine


def renew(found):
    """Writes the limits that `found` just meets."""
    document = {
        "about": "Written by `make bench-guard-renew`; see docs/performance.md.",
        "objects": OBJECTS,
        "instructions": {
            name: int(found[name] * TOLERANCE) for name in [WHOLE, FINDING, *ROUTINES, PLAN] if name in found
        },
    }
    LIMITS.write_text(json.dumps(document, indent=2) + "\n")
    for name in ROUTINES:
        if name not in found:
            print(f"{name}: not among the functions; it is part of its caller's limit")
    print(f"Wrote {LIMITS}")


def ratio(program, folder, maker):
    """CPU time of the program over that of grep, the best of several runs of each."""
    file = maker.make("ratio", GREP_OBJECTS)
    ours = [
        program, "check", file.path, "--threads", "1", "--format", "csv", "--no-proposals",
        "--output", os.path.join(folder, "out.csv"), "--quiet",
    ]
    grep = ["env", "LC_ALL=C", "grep", "-c", "^mail:", file.path]
    best = {}
    for _ in range(GREP_RUNS):
        for name, command in (("ours", ours), ("grep", grep)):
            cost = measure.run(command).cpu
            best[name] = min(best.get(name, cost), cost)
    file.delete()
    return best["ours"] / max(best["grep"], 1e-3)


def report_memory(program, folder, maker, *options):
    """Bytes of memory for one more object with findings, with what `options` say of the report."""
    peaks = []
    for objects in REPORT_OBJECTS:
        file = maker.make("report", objects, "--dirty", "100")
        command = [program, "check", file.path, "--threads", "2", "--format", "json", *options,
                   "--output", os.path.join(folder, "out.json"), "--quiet"]
        peaks.append(measure.run(command).memory)
        file.delete()
    return (peaks[1] - peaks[0]) / (REPORT_OBJECTS[1] - REPORT_OBJECTS[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ldaplint", required=True)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--renew", action="store_true", help="write the limits anew")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ldaplint-guard-") as folder:
        maker = data.Maker(options.generator, folder)
        fine = True
        if shutil.which("valgrind"):
            found = instructions(options.ldaplint, folder, maker)
            if options.renew:
                renew(found)
                return
            fine = compare(found)
        elif options.renew:
            sys.exit("valgrind is not installed (package valgrind)")
        else:
            print("instructions: not counted, valgrind is not installed (package valgrind)")
            # A guard that silently does nothing would be none.
            fine = not os.environ.get("CI")
        times = ratio(options.ldaplint, folder, maker)
        word = "" if times <= GREP_LIMIT else "TOO SLOW"
        print(f"{'CPU time, 1 thread, over grep':44}{times:14.1f}{GREP_LIMIT:14.1f}  {word}")
        fine = fine and times <= GREP_LIMIT
        for name, limit, arguments in (
            ("memory per object, all with findings", REPORT_LIMIT, ["--no-proposals"]),
            ("the same, with proposals", PROPOSALS_LIMIT, []),
        ):
            more = report_memory(options.ldaplint, folder, maker, *arguments)
            word = "" if more <= limit else "TOO MUCH"
            print(f"{name:44}{more:14.0f}{limit:14}  {word}")
            fine = fine and more <= limit
        if not fine:
            sys.exit(1)


if __name__ == "__main__":
    main()
