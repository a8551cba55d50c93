"""Reads an LDIF with python-ldap's reader and counts the entries that have mail."""

import sys

import ldif


class Counter(ldif.LDIFParser):
    entries = 0
    with_mail = 0

    def handle(self, dn, entry):
        self.entries += 1
        self.with_mail += "mail" in entry


with open(sys.argv[1], "rb") as source:
    counter = Counter(source)
    counter.parse()
print(counter.entries, counter.with_mail)
