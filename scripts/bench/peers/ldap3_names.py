"""Splits the DN of every entry with ldap3, which has no LDIF reader."""

import sys

from ldap3.utils.dn import parse_dn

count = 0
with open(sys.argv[1], encoding="utf-8") as source:
    for line in source:
        if line.startswith("dn: "):
            parse_dn(line[4:].rstrip("\r\n"))
            count += 1
print(count)
