"""The ways by which a customer reaches us."""

CHANNELS = ("phone", "email", "chat", "visit", "web", "other")
