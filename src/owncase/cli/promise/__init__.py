"""`owncase promise …`: what customers were told will happen, and by when."""
