#!/bin/sh
# The pipeline that people use to find proxy addresses which two objects have. It knows no folded
# lines, no Base64 and no scope, and counts an object that repeats its own address.
LC_ALL=C awk -F: '
  tolower($1) == "proxyaddresses" && tolower($2) == " smtp" { print tolower($3) }
' "$1" | LC_ALL=C sort | LC_ALL=C uniq -d | wc -l
