#!/usr/bin/env python3
"""Writes a manual page per command from what the program says of itself.

    ldaplint --experimental-dump-help | manual.py FOLDER VERSION DATE

FOLDER gets ldaplint.1, ldaplint-check.1 and so on: the texts of --help, and the options that only
--help-hidden shows.
"""
import json
import os
import re
import sys

SPECIAL = {
    "\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti", '"': r"\(dq",
}
PLAIN_STATUSES = [("0", "it is done"), ("2", "the run was misused or failed")]
HIDDEN = "Options that few need"


def escaped(text):
    """`text` as troff prints it, whatever is in it."""
    out = "".join(
        SPECIAL.get(c) or (c if ord(c) < 128 else f"\\[u{ord(c):04X}]") for c in text)
    return out if out[:1] != "." else r"\&" + out


def bold(text):
    return rf"\fB{escaped(text)}\fR"


def italic(text):
    return rf"\fI{escaped(text)}\fR"


def prose(text):
    """A paragraph; options in it and what stands between backticks are bold."""
    parts = re.split(r"(`[^`]+`|(?<![\w-])--[a-z][a-z-]*[a-z])", " ".join(text.split()))
    done = "".join(
        bold(part.strip("`")) if number % 2 else escaped(part)
        for number, part in enumerate(parts))
    return done if not done.startswith((".", "'")) else r"\&" + done


def spelled(argument):
    """The names of an option, with its value."""
    names = sorted(argument["names"], key=lambda name: name["kind"] == "long")
    shown = ", ".join(
        bold(("--" if name["kind"] == "long" else "-") + name["name"]) for name in names)
    if argument["kind"] == "flag":
        return shown
    return f"{shown} {italic(argument['valueName'])}"


def described(argument):
    text = argument.get("abstract", "")
    values = argument.get("allValues")
    if values and not all(re.search(rf"\b{re.escape(value)}\b", text) for value in values):
        text += " One of " + ", ".join(values) + "."
    if "defaultValue" in argument:
        text += f" Default: {argument['defaultValue']}."
    return prose(text)


def folded(command):
    """A command in lines that fit into 80 columns, as a shell reads them."""
    if len(command) <= 76:
        return [command]
    place = command.rfind(" --", 0, 75)
    return [command[:place] + " \\", "    " + command[place + 1:]]


class Discussion:
    """What stands below a command's first line of help, taken apart."""

    def __init__(self, text):
        self.paragraphs, self.statuses, self.examples = [], [], []
        for block in text.split("\n\n"):
            lines = block.split("\n")
            if lines[0] == "Examples:":
                self.examples += [line.strip() for line in lines[1:]]
                continue
            block = " ".join(lines)
            block = re.sub(r"\s*Options that few need are shown by --help-hidden\.", "", block)
            before, found, after = block.partition("Exit status: ")
            if found:
                self.statuses = re.findall(r"(\d) (.*?)(?=, \d |\.?$)", after)
            if before.strip():
                self.paragraphs.append(before)


class Page:
    def __init__(self, command, names, version, date):
        self.command, self.names = command, names
        self.version, self.date = version, date
        self.discussion = Discussion(command.get("discussion", ""))
        self.lines = []

    @property
    def title(self):
        return "-".join(self.names)

    def add(self, *lines):
        self.lines += lines

    def text(self, root):
        self.add(
            r'.\" Made by scripts/package/manual.py of what the program says of itself.',
            f'.TH "{escaped(self.title.upper())}" 1 "{self.date}" "ldaplint {self.version}"'
            ' "User Commands"',
            # Ragged on the right: gaps in the lines would read badly at 80 columns.
            ".ad l",
            ".nh",
            ".SH NAME",
            f"{escaped(self.title)} \\- {prose(self.command['abstract'].rstrip('.'))}")
        self.synopsis()
        self.add(".SH DESCRIPTION")
        for number, paragraph in enumerate(self.discussion.paragraphs or [self.command["abstract"]]):
            self.add(*([".PP"] if number else []), prose(paragraph))
        self.commands()
        self.options()
        statuses = self.discussion.statuses
        if not statuses:
            lints = self.command["commandName"] in ("check", "fix")
            statuses = Discussion(root["discussion"]).statuses if lints else PLAIN_STATUSES
        self.section("EXIT STATUS", statuses, lambda s: [".TP", bold(s[0]), prose(s[1]) + "."])
        self.section(
            "EXAMPLES", self.discussion.examples,
            lambda line: [".PP", ".nf", ".in 2n", *map(escaped, folded(line)), ".in", ".fi"])
        self.also(root)
        return "\n".join(self.lines) + "\n"

    def section(self, name, items, lines):
        if items:
            self.add(f".SH {name}")
            for item in items:
                self.add(*lines(item))

    def synopsis(self):
        self.add(".SH SYNOPSIS")
        words = [bold(" ".join(self.names))]
        if self.subcommands:
            words.append(italic("command"))
        words.append("[" + italic("options") + "]")
        for argument in self.command.get("arguments", []):
            if argument["kind"] == "positional":
                dots = r" \&..." if argument["isRepeating"] else ""
                words.append(italic(argument["valueName"]) + dots)
        self.add(" ".join(words))

    @property
    def subcommands(self):
        return [c for c in self.command.get("subcommands", []) if c["commandName"] != "help"]

    def commands(self):
        self.section(
            "COMMANDS", self.subcommands,
            lambda c: [".TP", bold(c["commandName"]),
                       prose(c["abstract"]) + " See " + self.page(self.names + [c["commandName"]])
                       + "."])

    def options(self):
        groups = {}
        for argument in self.command.get("arguments", []):
            plain = "Arguments" if argument["kind"] == "positional" else "General"
            title = argument.get("sectionTitle") or plain
            name = title if argument["shouldDisplay"] else HIDDEN
            groups.setdefault(name, []).append(argument)
        self.add(".SH OPTIONS")
        order = ["Arguments", "General"] + [name for name in groups if name != HIDDEN] + [HIDDEN]
        for name in dict.fromkeys(order):
            if name not in groups:
                continue
            if len(groups) > 1:
                self.add(f".SS {escaped(name)}")
            for argument in groups[name]:
                tag = (italic(argument["valueName"]) if argument["kind"] == "positional"
                       else spelled(argument))
                self.add(".TP", tag, described(argument))

    @staticmethod
    def page(names):
        return rf"\fB{escaped('-'.join(names))}\fR(1)"

    def also(self, root):
        pages = [["ldaplint"]] + [
            ["ldaplint", c["commandName"]] for c in root["subcommands"]
            if c["commandName"] != "help"]
        if len(self.names) > 1:
            pages += [self.names[:-1]]
        pages += [self.names + [c["commandName"]] for c in self.subcommands]
        shown = [list(p) for p in dict.fromkeys(tuple(p) for p in pages) if list(p) != self.names]
        self.add(".SH SEE ALSO", ",\n".join(self.page(names) for names in shown))


def main():
    folder, version, date = sys.argv[1:]
    root = json.load(sys.stdin)["command"]

    def write(command, names):
        page = Page(command, names, version, date)
        with open(os.path.join(folder, page.title + ".1"), "w", encoding="ascii") as file:
            file.write(page.text(root))
        for subcommand in page.subcommands:
            write(subcommand, names + [subcommand["commandName"]])

    write(root, ["ldaplint"])


main()
