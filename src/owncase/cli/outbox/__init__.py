"""`owncase outbox …`: letters that wait for the mail server to accept them."""
