"""The ways in which customers reach us; a file of their own, since questions name them and need no values."""

CHANNELS = ("phone", "email", "chat", "visit", "web", "other")
