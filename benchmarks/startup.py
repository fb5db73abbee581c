"""What a command line costs before it does anything: `--version`, piped `--help`, and the shell's Tab key.

python benchmarks/startup.py [ROUNDS]
"""

import sys

from timing import BARE, OWNCASE, READ_FLOOR, in_turn, line

TAB = {"_OWNCASE_COMPLETE": "complete_bash", "COMP_WORDS": "owncase ha", "COMP_CWORD": "1"}


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    runs = {"bare": BARE, "floor": READ_FLOOR, "--version": [*OWNCASE, "--version"], "--help": [*OWNCASE, "--help"]}
    times = in_turn(runs, rounds=rounds)
    tab = in_turn({"floor": READ_FLOOR, "completion": [*OWNCASE]}, rounds=rounds, environ=TAB)
    print(f"bare interpreter {times['bare'] * 1000:.1f} ms, read floor {times['floor'] * 1000:.1f} ms")
    print(line("--version (to bare)", times["--version"], times["bare"], 1.6))
    print(line("--help, piped", times["--help"], times["floor"], 1.3))
    print(line("completion", tab["completion"], tab["floor"], 1.3))


if __name__ == "__main__":
    main()
