"""Homes somebody tells of: what kind, whose, where, and how far a purchase has come."""
