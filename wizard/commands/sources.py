"""Compare local copies of the documents with what the pathway knows of them.

Prints for every claim whether its anchor stands where the claim says (found), elsewhere (moved)
or nowhere (gone), compares each document's digest, and names the options to read again. Names
every eight words in a row that a sentence of the pathway shares with a document. With --claim it
prints a claim to be filled in and nothing else, with lines, section and an anchor that is free.

examples:
  mdt-wizard sources --documents ~/documents
  mdt-wizard sources --documents ~/documents --pathway pathways/mine --format json
  mdt-wizard sources --documents ~/documents --uncovered         the lines without a claim
  mdt-wizard sources --documents ~/documents --claim ABC:241     the stub of a claim for a line
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, pathway_to_maintain
from wizard.report import text
from wizard.report.as_json import printed
from wizard.report.workbench import (
    copied_data,
    documents_data,
    documents_report,
    uncovered_data,
)
from wizard.workbench.claim_stubs import claim_stubs, uncovered
from wizard.workbench.copying import copied_words
from wizard.workbench.documents import documents

ENDS: Final = {
    ExitCode.DONE: "every document is as the pathway knows it",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "a document or an anchor is not, or words of the pathway are a document's",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--documents", metavar="DIR", type=Path, required=True, help="the copies, by file name"
    )
    add_pathway_argument(parser)
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument(
        "--claim",
        metavar="LINES",
        action="append",
        help="the stub of a claim: lines such as ABC:241 or ABC:241-243; may stand several times",
    )
    asked.add_argument(
        "--uncovered", action="store_true", help="the lines that no claim names, too"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print how the documents stand.  Raises PathwayErrors, OSError."""
    pathway = pathway_to_maintain(arguments.pathway)
    if not arguments.documents.is_dir():
        raise WrongUsageError(f"{arguments.documents} is not a folder")
    if arguments.claim is not None:
        sys.stdout.write(claim_stubs(pathway, arguments.documents, arguments.claim))
        return ExitCode.DONE
    found = documents(pathway, arguments.documents)
    copied = copied_words(pathway, arguments.documents)
    bare = uncovered(pathway, arguments.documents) if arguments.uncovered else ()
    if arguments.format == "json":
        data = {"schema": 1, "documents": documents_data(found), "copied": copied_data(copied)}
        if arguments.uncovered:
            data["uncovered"] = uncovered_data(bare)
        sys.stdout.write(printed(data))
    else:
        title = f"{pathway.title} {pathway.version}"
        sys.stdout.write(text.laid_out(documents_report(found, copied, bare, title)))
    changed = any(document.changed for document in found)
    return ExitCode.FOUND if changed or copied else ExitCode.DONE
