"""The entry point: `--version` alone is answered before anything heavy is imported."""

import gc
import sys

from owncase import __version__


def main() -> int:
    """Run the command line of this process and return its exit code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        return _say_version()
    gc.set_threshold(100_000, 20, 20)  # looking for garbage while modules load finds none and costs 10 ms
    from owncase.cli.main import main as run_command  # everything but --version needs it

    code = run_command()
    gc.freeze()  # nor is there any use in looking through all modules once more at the end
    return code


def _say_version() -> int:
    try:
        sys.stdout.write(f"owncase {__version__}\n")
        sys.stdout.flush()
    except OSError:
        from owncase.cli.main import main as run_command  # it knows how to fail properly

        return run_command()
    return 0


if __name__ == "__main__":
    sys.exit(main())
