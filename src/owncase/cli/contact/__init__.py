"""`owncase contact …`: whom to ask for at a customer's."""
