"""Days and lengths of time in Chinese text."""
