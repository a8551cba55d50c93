"""parse.py SCRIPT: says which commands a PowerShell script runs at its top, one a line; fails when the
script does not parse, or when a string in one of them is expanded."""

import sys

import tree_sitter
import tree_sitter_powershell

text = open(sys.argv[1], "rb").read()
assert text.startswith(b"\xef\xbb\xbf"), "no byte order mark"
text = text[3:]
language = tree_sitter.Language(tree_sitter_powershell.language())
tree = tree_sitter.Parser(language).parse(text)
assert not tree.root_node.has_error, "the script does not parse"
calls = []


def visit(node, inside):
    if node.type == "function_statement":
        return
    if node.type == "command":
        name = node.child_by_field_name("command_name") or node.children[0]
        calls.append(text[name.start_byte : name.end_byte].decode())
        inside = inside or calls[-1] == "Edit-Entry"
    if inside and node.type in ("expandable_string_literal", "expandable_here_string_literal", "variable"):
        sys.exit("expanded: " + text[node.start_byte : node.end_byte].decode())
    for child in node.children:
        visit(child, inside)


visit(tree.root_node, False)
print("\n".join(calls))
