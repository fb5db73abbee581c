"""A walk goes through what waits for a person one at a time, one key each; every key runs the command it names."""
