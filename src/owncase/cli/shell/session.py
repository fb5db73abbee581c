"""Each line is a command line of its own in the same process: nothing that one line said holds for the next.

What stays is what costs time: the imported commands, and a connection to read through. The options of the shell itself
hold for each of its lines, unless the line says otherwise.
"""

from owncase import bootstrap
from owncase.bootstrap import World
from owncase.cli.boundary import report
from owncase.cli.context import Invocation
from owncase.cli.main import run
from owncase.cli.shell.lines import split
from owncase.errors import UsageProblem
from owncase.store.kept import KeptReader

LEAVING = ("exit", "quit")
HELP = """\
A line is a command as in your shell, without the word owncase: no pipes, no wildcards.
Quotes hold words together: open "Disks damaged" -c norfolk. Inside a word they are plain: Pat's, 3.5".
\\ before a quote, a blank or \\ takes it as it is. A line that begins with # says nothing.
Pasted lines become one line, and nothing runs before Enter.

Tab       complete commands, options, cases, people, customers
Up, Down  earlier lines that begin with what is typed; Ctrl-R searches them
Ctrl-C    clear the line, or interrupt the command that runs; Ctrl-D, exit, quit: leave
help NAME what a command does, as NAME --help

"""


class Session:
    """The lines of one shell. `code` is the exit code of the last command; `over` says that a line left the shell."""

    def __init__(self, world: World, said: Invocation | None = None) -> None:
        self.world = world
        self.code = 0
        self.over = False
        self._said = said or Invocation(world)
        self._kept = KeptReader()
        self._settings = bootstrap.settings(world)

    def run_line(self, text: str) -> int:
        """Run one line and return its exit code; 0 where the line says nothing. Never raises."""
        try:
            words = split(text)
        except UsageProblem as problem:
            self.code = report(problem, [], self.invocation())
            return self.code
        if not words:
            return 0
        self.code = self._run(words)
        return self.code

    def invocation(self) -> Invocation:
        """A command line yet to be said, in which only the options of the shell were."""
        line = self._said.within(self.world, self._kept.lend)
        line.settings = self._settings  # which looks at its files again
        return line

    def close(self) -> None:
        """Let go of the store."""
        self._kept.close()

    def _run(self, words: list[str]) -> int:
        if len(words) == 1 and words[0] in LEAVING:
            self.over = True
            return 0
        if words[0] == "help":
            if len(words) == 1:
                self.world.stdout.write(HELP)
            words = [*words[1:], "--help"]
        return run(words, self.world, self.invocation())
