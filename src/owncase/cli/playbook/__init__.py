"""`owncase playbook …`: what is done in known situations."""
