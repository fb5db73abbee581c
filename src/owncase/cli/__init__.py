"""The command line: a command reads its arguments, calls one thing and shows the answer."""
