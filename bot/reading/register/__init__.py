"""Where somebody is, comes from, or is registered."""
