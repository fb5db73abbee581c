"""Commands that bring in what other trackers kept."""
