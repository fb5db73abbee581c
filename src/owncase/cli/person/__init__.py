"""`owncase person …`: the people of the team."""
