"""The functions of a pathway's rules from the user's cache folder, so that few starts compile.

They are kept by the pathway's digest and by the modules that read and compile it, as they are on
the disk: another pathway, or another compiler, is another key.
"""

from pathlib import Path
from typing import Final

from wizard.engine import tables
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.cache import cache_key, keep_data, kept, modules_of
from wizard.pathway.model import Pathway

_KIND: Final = "functions"


def compiled_once(pathway: Pathway) -> Compiled:
    """The functions of a pathway that stands in files as it is: those kept, else compiled and kept.

    Raises BudgetExceededError and PathwayErrors, as `compile_pathway` does.
    """
    compiler = b"\n".join(modules_of(Path(tables.__file__).parent))
    key = cache_key({"compiler": compiler, "pathway": pathway.digest.encode()})
    if (data := kept(_KIND, key)) is not None:
        return tables.compiled_from(pathway, data)
    compiled = compile_pathway(pathway)
    keep_data(_KIND, key, tables.tables(compiled))
    return compiled
