"""`owncase duty …`: who is on duty when."""
