"""Places in Chinese text, by the administrative tree of China."""
