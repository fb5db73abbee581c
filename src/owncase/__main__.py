"""The entry point: `--version` alone is answered before anything heavy is imported."""

import sys

from owncase import __version__


def main() -> int:
    """Run the command line of this process and return its exit code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        return _say_version()
    from owncase.cli.main import main as run_command  # everything but --version needs it

    return run_command()


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
