"""One verb each: load what the rule needs, append the events, let the fold change the rows."""
