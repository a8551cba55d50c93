#!/bin/bash
# Installs, from PyPI, the grammar that the tests parse scripts with, into .build/python. Does nothing
# where it is there.
set -eu
cd "$(dirname "$0")/../../.."
python=.build/python/bin/python
if [ -x $python ] && $python -c 'import tree_sitter_powershell' 2>/dev/null; then exit 0; fi
python3 -m venv .build/python
.build/python/bin/pip install -q 'tree-sitter==0.26.*' 'tree-sitter-powershell==0.26.*'
