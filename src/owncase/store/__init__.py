"""Where cases are kept: one history, the tables derived from it, and the only code that writes them."""
