"""The MDT wizard: which treatment options documents describe for a case, and why.

    from pathlib import Path
    from wizard import assess, explain, load_pathway, read_case

    compiled = load_pathway()
    case = read_case(Path("case.yaml"), compiled)
    for option in assess(compiled, case).options.values():
        print(option.id, option.status, option.verdict.depends_on)

Each name is imported on first use, so that the program starts without the library.
"""

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "BudgetExceededError",
    "Case",
    "CaseErrors",
    "Compiled",
    "OptionExplanation",
    "PathwayErrors",
    "WizardError",
    "WrongUsageError",
    "__version__",
    "assess",
    "assess_many",
    "explain",
    "load_pathway",
    "read_case",
]

TYPE_CHECKING = False  # true for type checkers; importing it from typing would cost time
if TYPE_CHECKING:
    from wizard.public import (
        Assessment,
        BudgetExceededError,
        Case,
        CaseErrors,
        Compiled,
        OptionExplanation,
        PathwayErrors,
        WizardError,
        WrongUsageError,
        assess,
        assess_many,
        explain,
        load_pathway,
        read_case,
    )
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from wizard import public  # imported on first use (PEP 562)

        return getattr(public, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
