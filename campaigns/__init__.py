"""Long searches for a way around the rules. `make test` runs a small part of each; the make targets run them whole."""
