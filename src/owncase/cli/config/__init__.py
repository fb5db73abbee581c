"""`owncase config …`: the settings of this user and machine, and the store's own choices."""
