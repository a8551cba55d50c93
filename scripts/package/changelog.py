#!/usr/bin/env python3
"""Turns CHANGELOG.md (standard input) into a changelog as Debian has it.

    changelog.py VERSION SECONDS-SINCE-1970
"""
import email.utils
import os
import re
import sys
import textwrap

version, seconds = sys.argv[1], int(sys.argv[2])
who = os.environ.get("DEB_MAINTAINER", "The ldaplint maintainers <maintainers@ldaplint.invalid>")
date = email.utils.formatdate(seconds)
sections = re.split(r"^## ", sys.stdin.read(), flags=re.M)[1:]
for number, section in enumerate(sections):
    title, body = section.split("\n", 1)
    # The first section is of what is being built, whatever it is called yet.
    name = version if number == 0 else title.split()[0]
    print(f"ldaplint ({name}) unstable; urgency=medium\n")
    for item in re.findall(r"^- (.*(?:\n  .*)*)", body, flags=re.M) or ["See CHANGELOG.md."]:
        text = " ".join(item.split()).replace("`", "")
        print(textwrap.fill(text, 78, initial_indent="  * ", subsequent_indent="    "))
    print(f"\n -- {who}  {date}\n")
