"""`owncase customer …`: who is served, and who answers for them."""
