"""`python -m tests.benchmarks [NAME...]`: run the benchmarks one after another."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

FOLDER = Path(__file__).parent
NOT_BENCHMARKS = {"__main__", "cases", "timing", "synthetic", "written"}


def main() -> int:
    names = [m.name for m in iter_modules([str(FOLDER)]) if m.name not in NOT_BENCHMARKS]
    wanted = sys.argv[1:] or names
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"no benchmark {unknown[0]}; there are {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted:
        module = import_module(f"tests.benchmarks.{name}")
        print(f"{name}: {(module.__doc__ or '').splitlines()[0]}")
        module.main()
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
