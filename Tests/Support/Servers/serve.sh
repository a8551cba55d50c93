#!/bin/bash
# serve.sh KIND: runs a throw-away directory server on loopback until standard input ends.
#
# KIND is slapd, samba or ds389; settings come as environment variables, see KIND.sh. Prints
# NAME=value lines, then READY. Whoever starts it keeps its standard input open: when that process
# ends, however it ends, the input does too, the server is stopped and its files are removed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kind=$1
# Short, because a socket's path may have 107 bytes at most.
work=$(mktemp -d "${TMPDIR:-/tmp}/ll-$kind.XXXXXX")
processes=()

clean_up() {
  local process
  # At once, and children too: nothing of it is worth a clean end, and whoever runs the tests may
  # have blocked the gentler signals.
  for process in "${processes[@]}"; do
    kill -9 -- "-$process" 2>/dev/null || kill -9 "$process" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap clean_up EXIT

# Remembers process $1 for the end, and keeps the shell from reporting it.
track() {
  processes+=("$1")
  disown "$1" 2>/dev/null || true
}
trap 'exit 143' HUP INT TERM

source "$here/common.sh"
source "$here/$kind.sh"
start
echo READY
while read -r _; do :; done
