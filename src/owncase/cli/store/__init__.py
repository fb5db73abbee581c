"""`owncase store …`: the care of the store."""
