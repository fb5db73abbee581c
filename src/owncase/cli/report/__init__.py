"""`owncase report …`: one file for each report."""
