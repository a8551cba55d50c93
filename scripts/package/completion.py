#!/usr/bin/env python3
"""Completes the completion scripts that ArgumentParser writes (standard input) for SHELL.

    ldaplint --generate-completion-script bash | completion.py bash

What they do not know: that a file may stand where a command may (`ldaplint export.ldif`), and that
a value may have a part behind `=` (`--report csv=FILE`, `--set-severity UPN006=info`).
"""
import sys

BASH = r"""
# bash ends words at "=": the parts of NAME=VALUE come apart.
_ldaplint_words() {
    local name="" start="${2}"
    if [[ "${COMP_WORDS[COMP_CWORD]}" = "=" ]]; then
        name="${COMP_WORDS[COMP_CWORD - 1]}" start=""
        set -- "${1}" "" "${COMP_WORDS[COMP_CWORD - 2]}"
    elif [[ "${COMP_WORDS[COMP_CWORD - 1]}" = "=" ]]; then
        name="${COMP_WORDS[COMP_CWORD - 2]}"
        set -- "${1}" "${start}" "${COMP_WORDS[COMP_CWORD - 3]}"
    fi
    if [[ -n "${name}" ]]; then
        case "${3}" in
        --set-severity) COMPREPLY=($(compgen -W "error warning info" -- "${start}")) ;;
        *) COMPREPLY=() ;;  # a file: -o default
        esac
        return
    fi
    _ldaplint "${@}"
    # A command or a file.
    if [[ "${COMP_CWORD}" -eq 1 && "${start}" != -* ]]; then
        local file
        while IFS="" read -r file; do COMPREPLY+=("${file}"); done < <(compgen -f -- "${start}")
    fi
    [[ "${#COMPREPLY[@]}" -gt 0 && "${COMPREPLY[0]}" = *= ]] && compopt -o nospace
    return 0
}

complete -o default -o filenames -F _ldaplint_words ldaplint
"""


def replaced(text, old, new):
    if text.count(old) != 1:
        sys.exit(f"completion.py: {old!r} stands {text.count(old)} times in the script, not once")
    return text.replace(old, new)


def bash(text):
    # It is read by the shell, not run.
    text = replaced(text, "#!/bin/bash\n", "# Completion of ldaplint for bash 4 and later.\n")
    return replaced(text, "\ncomplete -o filenames -F _ldaplint ldaplint\n", BASH)


def zsh(text):
    # Before `*=`, no blank behind what is completed; a file where a command may stand.
    text = replaced(
        text,
        """    _describe -V '' non_empty_completions -- empty_completions -P $'\\'\\''\n""",
        """    local -ar names=("${(@M)non_empty_completions:#*=}")
    (( ${#names} )) && compadd -S '' -- "${names[@]}"
    local -ar others=("${(@)non_empty_completions:#*=}")
    (( ${#others} )) && _describe -V '' others -- empty_completions -P $'\\'\\''\n""")
    return replaced(
        text, "        _describe -V subcommand subcommands && ret=0\n        ;;\n    arg)\n"
        "        case \"${words[1]}\" in\n        check|",
        "        _describe -V subcommand subcommands && ret=0\n        _files && ret=0\n"
        "        ;;\n    arg)\n        case \"${words[1]}\" in\n        check|")


def fish(text):
    # Where the cursor is in its word: `commandline -C` knows it at a prompt only.
    if "(__ldaplint_tokens -tC)" not in text:
        sys.exit("completion.py: the script for fish is another")
    text = text.replace("(__ldaplint_tokens -tC)", "(string length -- (commandline -ct))")
    return text + "complete -c 'ldaplint' -n '__fish_is_first_token' -F\n"


sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[sys.argv[1]](sys.stdin.read()))
