"""Many servers that share one Redis: turns in order, limits, memories."""
