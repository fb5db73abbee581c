"""A search of the real schema, state by state, for a statement that gets past the rules."""
