"""Tell an editor what may stand in the files of a pathway.

Prints a JSON Schema of each kind of file, with the ids of this pathway: an editor completes and
explains by it while you type. With --write they go into the folder .schema of the pathway, and the
first line of each file names its own, so that any editor with yaml-language-server finds it.
Nothing is written where the pathway does not check. Run it again after adding ids.

--map prints the schema of a registry's map of columns, which `cohort --columns` reads; a map
names it in its first line: # yaml-language-server: $schema=map.schema.json

examples:
  mdt-wizard schema > schemas.json
  mdt-wizard schema --pathway pathways/mine --write
  mdt-wizard schema --map > map.schema.json
"""

import argparse
import sys
from importlib import import_module
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode
from wizard.inputs import add_pathway_argument, folder_to_maintain, pathway_for_a_case
from wizard.pathway.choosing import shown
from wizard.pathway.problems import printable
from wizard.workbench.schema_files import SCHEMAS, schema_text, write_schemas
from wizard.workbench.schemas import schemas

ENDS: Final = {
    **OF_A_PATHWAY,
    ExitCode.DONE: "the schemas were printed or written",
    ExitCode.BAD_PATHWAY: "the pathway does not check; nothing was written",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--map", action="store_true", help="the schema of a map of columns")
    what.add_argument(
        "--write", action="store_true", help="into the pathway's folder, and a line in each file"
    )
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print or write the schemas.  Raises PathwayErrors, WrongUsageError, OSError."""
    if arguments.map:
        map_schema = import_module("wizard.cohort.map_schema").map_schema
        sys.stdout.write(schema_text(map_schema(pathway_for_a_case(arguments.pathway))))
        return ExitCode.DONE
    folder = folder_to_maintain(arguments.pathway, written=arguments.write)
    found = schemas(folder)
    if arguments.write:
        changed = write_schemas(folder, found)
        place = printable(shown(folder / SCHEMAS))
        sys.stdout.write(f"{place}: {len(found)} schemas; the line was put in {changed} files\n")
    else:
        sys.stdout.write(schema_text(found))
    return ExitCode.DONE
