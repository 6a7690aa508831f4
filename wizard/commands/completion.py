"""Print a script that lets your shell complete commands, flags, option ids and case files.

Prints the script of a shell; have it read when the shell starts:

  bash   eval "$(mdt-wizard completion bash)"        in ~/.bashrc
  zsh    eval "$(mdt-wizard completion zsh)"         in ~/.zshrc, behind compinit
  fish   mdt-wizard completion fish | source         in ~/.config/fish/config.fish

The words come from the program itself, with the options of the shipped pathway or of the one
that the line names by --pathway.

examples:
  mdt-wizard completion bash
"""

import argparse
import sys
from typing import Final

from wizard.completing import completions
from wizard.exits import ExitCode

ENDS: Final = {ExitCode.DONE: "the script was printed"}

_BASH: Final = """\
_mdt_wizard() {
    local cur=${COMP_WORDS[COMP_CWORD]} word file asked=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do asked+=("--word=:$word"); done
    [ "$cur" = "=" ] && cur=""
    COMPREPLY=()
    while IFS= read -r word; do
        case $word in
            :*) compopt -o filenames 2>/dev/null
                while IFS= read -r file; do
                    [ -n "$file" ] && COMPREPLY+=("$file")
                done < <(_mdt_wizard_files "$word" "$cur") ;;
            *) COMPREPLY+=("$word") ;;
        esac
    done < <(mdt-wizard completion bash "${asked[@]}" 2>/dev/null)
}
_mdt_wizard_files() {
    compgen -d -- "$2"
    case $1 in
        :cases) for suffix in yaml yml json; do compgen -f -X "!*.$suffix" -- "$2"; done ;;
        :files) compgen -f -- "$2" ;;
    esac | sort -u
}
complete -F _mdt_wizard mdt-wizard
"""
_ZSH: Final = """\
_mdt_wizard() {
    local word
    local -a asked found
    for word in "${(@)words[2,CURRENT]}"; do asked+=("--word=:$word"); done
    for word in "${(@f)$(mdt-wizard completion zsh "${asked[@]}" 2>/dev/null)}"; do
        case $word in
            :cases) _files -g '*.(yaml|yml|json)' ;;
            :files) _files ;;
            :folders) _files -/ ;;
            ?*) found+=("$word") ;;
        esac
    done
    compadd -a found
}
compdef _mdt_wizard mdt-wizard
"""
_FISH: Final = """\
function __mdt_wizard
    set -l tokens (commandline -opc) (commandline -ct)
    set -l asked
    for word in $tokens[2..-1]
        set -a asked "--word=:$word"
    end
    for word in (mdt-wizard completion fish $asked 2>/dev/null)
        switch $word
            case :cases
                __fish_complete_path (commandline -ct) | \\
                    string match -r '^[^\\t]*(?:/|\\.yaml|\\.yml|\\.json)(?:\\t.*)?$'
            case :files
                __fish_complete_path (commandline -ct)
            case :folders
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $word
        end
    end
end
complete -c mdt-wizard -f -a '(__mdt_wizard)'
"""
SCRIPTS: Final = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments; the scripts give the words of the line one by one."""
    parser.add_argument("shell", metavar="SHELL", choices=SCRIPTS, help=" or ".join(SCRIPTS))
    parser.add_argument("--word", action="append", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the script, or the words that may stand at the end of the line."""
    if arguments.word is None:
        sys.stdout.write(SCRIPTS[arguments.shell])
    else:
        # The colon before each word keeps argparse from taking a word for itself.
        words = [word.removeprefix(":") for word in arguments.word]
        sys.stdout.writelines(f"{each}\n" for each in completions(words))
    return ExitCode.DONE
