"""Runs the program on shapes that tempt it to take more than their size, of n and of 2n.

Twice the input may take at most 2.3 times the CPU time, or is refused with a limit that is named (status
2), and the 100 MB line may take twice its size in memory. Prints each shape and fails when one does not
hold.
"""

import argparse
import os
import sys
import tempfile

import measure

RATIO = 2.3
ROUNDS = 3

PACK = 'name: shapes\ntitle: A list in a list\nversion: "1.0"\n'
RULE = """id: SHP001
name: nested-lists
severity: info
consequence: tidy
summary: A value is there twice.
why: Only to take time.
objects: [user]
attribute: proxyAddresses
scope: any
check:
  expression:
    forbid: 'Count(Where($a,[proxyAddresses],Count(Where($b,[proxyAddresses],$a = $b)) > 1)) > 0'
message: A value is there twice.
fix:
  - leave: {}
    reason: Nobody knows which.
examples:
  bad:
    - ldif: |
        dn: CN=a,DC=contoso,DC=com
        objectClass: user
        proxyAddresses: smtp:a@contoso.com
        proxyAddresses: smtp:A@contoso.com
      finds:
        - { dn: "CN=a,DC=contoso,DC=com", attribute: proxyAddresses }
  good:
    - ldif: |
        dn: CN=a,DC=contoso,DC=com
        objectClass: user
        proxyAddresses: smtp:a@contoso.com
"""


def user(name, lines):
    """An object called `name` with `lines`."""
    return (
        f"dn: CN={name},DC=contoso,DC=com\nobjectClass: user\ncn: {name}\n"
        f"sAMAccountName: {name}\nuserPrincipalName: {name}@contoso.com\n"
        + "".join(line + "\n" for line in lines) + "\n")


def values(pattern):
    """One object with n lines like `pattern`."""
    return lambda n: user("a", (pattern % number for number in range(n)))


def shared(objects):
    """`objects` objects that have n addresses in common."""
    return lambda n: "".join(
        user(f"o{index}", (f"proxyAddresses: smtp:x{number}@contoso.com" for number in range(n)))
        for index in range(objects))


def shapes(folder, pack):
    """Name, maker, n, arguments."""
    fix = ["fix", "-o", os.path.join(folder, "p.ldif"), "-q"]
    check = ["check", "--format", "csv", "-q"]
    broken = values("proxyAddresses: smtp: x%d@contoso.com")
    return [
        ("broken values, fix", broken, 4000, fix),
        ("broken values, check", broken, 20_000, check),
        ("addresses that two share", shared(2), 10_000, check),
        ("addresses that 100 share", shared(100), 1000, check),
        ("attribute options", values("mail;x-%d: a@contoso.com"), 50_000, check),
        ("one value", lambda n: user("a", ["displayName: " + "x" * n]), 50_000_000, check),
        ("lists in lists", values("proxyAddresses: smtp:x%d@contoso.com"), 2000,
         [*check, "--pack", pack]),
    ]


def cost(command, text, folder):
    """What `command` costs on `text`."""
    path = os.path.join(folder, "shape.ldif")
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return measure.median([measure.run([*command, path]) for _ in range(ROUNDS)])


def main():
    """Prints a line for each shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ldaplint", required=True)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        pack = os.path.join(folder, "shapes")
        os.mkdir(pack)
        for name, text in ("pack.yaml", PACK), ("nested-lists.yaml", RULE):
            with open(os.path.join(pack, name), "w", encoding="ascii") as file:
                file.write(text)
        # Starting is no part of the shape.
        base = cost([options.ldaplint, "check", "-q"], user("a", []), folder).cpu
        print(f"{'shape':26} {'n':>9} {'n s':>7} {'2n s':>7} {'ratio':>6} {'MB':>5} status")
        for name, make, count, arguments in shapes(folder, pack):
            command = [options.ldaplint, *arguments]
            once = cost(command, make(count), folder)
            twice = cost(command, make(2 * count), folder)
            ratio = max(twice.cpu - base, 0.001) / max(once.cpu - base, 0.001)
            wrong = ratio > RATIO and twice.cpu - base > 0.1
            if name == "one value" and twice.memory > 4 * count + (64 << 20):
                wrong = True
            # 0 and 1 are judged, 2 is refused; anything else is a crash or misuse.
            if twice.status not in (0, 1, 2):
                wrong = True
            failed = failed or wrong
            print(
                f"{name:26} {count:9} {once.cpu:7.2f} {twice.cpu:7.2f} {ratio:6.2f} "
                f"{twice.memory >> 20:5} {twice.status}{' TOO MUCH' if wrong else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
