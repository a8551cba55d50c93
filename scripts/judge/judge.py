"""Fails when ldaplint finds anything else in the messy forest and in the samples than it did.

Each pack judges the forest of `forest.py` and the samples; what it finds is counted by rule, severity,
consequence and cause and compared with expected.tsv. A change there is deliberate: `--renew` writes the
file anew, and its difference is read before it is committed.
"""

import argparse
import collections
import difflib
import io
import json
import pathlib
import subprocess
import sys
import tempfile

import forest

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "samples"
EXPECTED = HERE / "expected.tsv"

DOMAINS = ["nordwind.de", "nordwind.pl", "nordwind.com.tr", "nordwind.cz", "nordwind.cn"]
TENANT = ["--initial-domain", "nordwind.onmicrosoft.com"]
VERIFIED = [f"--verified-domain={domain}" for domain in DOMAINS] + TENANT
CONTOSO = ["--verified-domain=contoso.com"]

# Causes of a rule that are listed one by one; the others are counted together.
CAUSES = 8

# Of these findings on one value of one object are told more than once, in hundredths of all.
DOUBLED_LIMIT = 3.0


def runs(folder):
    """What is judged: a title, a pack, and the rest of the command line."""
    messy, linked = str(folder / "messy.ldif"), str(folder / "linked.ldif")
    sample = {name: str(SAMPLES / f"{name}.ldif") for name in ("contoso", "fabrikam", "clean")}
    both = [f"CONTOSO={sample['contoso']}", f"FABRIKAM={sample['fabrikam']}"]
    yield "the messy forest", "entra-id", [messy, *VERIFIED]
    yield "the messy forest, no domain verified", "entra-id", [messy]
    yield "the messy forest with linked mailboxes", "entra-id", [f"A={messy}", f"B={linked}", *VERIFIED]
    yield "contoso", "entra-id", [sample["contoso"], *CONTOSO]
    yield "contoso and fabrikam", "entra-id", both
    for pack in ("entra-domain-services", "idfix-multi-tenant", "idfix-dedicated"):
        yield "the messy forest", pack, [messy]
        yield "contoso", pack, [sample["contoso"]]
    for pack in ("entra-id", "idfix-multi-tenant"):
        yield "clean", pack, [sample["clean"]]


def findings(program, pack, arguments):
    """The findings of one run; what is wrong with the run ends everything."""
    command = [program, "check", *arguments, "--pack", pack, "--format", "json", "--quiet"]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with status {result.returncode}:\n{result.stderr.decode()}")
    return json.loads(result.stdout)["findings"]


def counted(found):
    """The rows of one run, in order."""
    rows = collections.Counter()
    for finding in found:
        cause = finding.get("cause")
        rows[(
            finding["rule"], finding["name"], finding["severity"], finding.get("consequence", "-"),
            "-" if cause is None else f"{cause['by']} {cause['value']}".strip())] += 1
    by_rule = collections.defaultdict(list)
    for row, count in rows.items():
        by_rule[row[:4]].append((count, row[4]))
    for row in sorted(by_rule):
        causes = sorted(by_rule[row], key=lambda each: (-each[0], each[1]))
        for count, cause in causes[:CAUSES]:
            yield count, *row, cause
        if rest := causes[CAUSES:]:
            yield sum(count for count, _ in rest), *row, f"{len(rest)} other causes"


def doubled(found):
    """How many hundredths of the findings are about a value that another one is about."""
    values = {
        (each["dn"] if "dn" in each else each["dnBase64"], each.get("attribute"), each.get("value"),
         each.get("valueBase64")) for each in found}
    return 100 * (len(found) - len(values)) / max(1, len(found))


def escaped(text):
    """`text` for a line of the file, with what a terminal would obey spelt out."""
    return "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text)


def judgement(program):
    """The whole file, and what is wrong besides."""
    out, faults = io.StringIO(), []
    out.write("count\trule\tname\tseverity\tconsequence\tcause\n")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with open(folder / "messy.ldif", "w", encoding="utf-8") as text:
            forest.write(text, with_guids=True)
        with open(folder / "linked.ldif", "w", encoding="utf-8") as text:
            forest.write_linked(text)
        for title, pack, arguments in runs(folder):
            found = findings(program, pack, arguments)
            share = doubled(found)
            out.write(f"\n# {title}, {pack}: {len(found)} findings, {share:.2f} % doubled\n")
            for row in counted(found):
                out.write("\t".join(escaped(str(cell)) for cell in row) + "\n")
            if title == "the messy forest" and share > DOUBLED_LIMIT:
                faults.append(f"{title}, {pack}: {share:.2f} % of the findings are doubled")
    return out.getvalue(), faults


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ldaplint", required=True, help="the program")
    parser.add_argument("--renew", action="store_true", help="take what is found now as expected")
    arguments = parser.parse_args()
    now, faults = judgement(arguments.ldaplint)
    if arguments.renew:
        EXPECTED.write_text(now, encoding="utf-8")
        print(f"written: {EXPECTED}; read its difference before you commit it")
    else:
        before = EXPECTED.read_text(encoding="utf-8") if EXPECTED.exists() else ""
        lines = list(difflib.unified_diff(
            before.splitlines(), now.splitlines(), "expected", "found", lineterm="", n=1))
        if lines:
            print("\n".join(lines))
            faults.append(
                "the judgement differs from what was expected (count, rule, name, severity, consequence, "
                "cause); if that is meant, make judge-renew")
    for fault in faults:
        print(f"judge: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
