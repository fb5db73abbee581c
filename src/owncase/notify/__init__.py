"""How customers are told: letters from templates, as messages, handed to a mail server."""
