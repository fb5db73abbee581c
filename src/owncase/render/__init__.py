"""Rows in, text out: the only place that knows what a terminal is."""
