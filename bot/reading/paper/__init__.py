"""Papers that are told of: the licence, the papers of a rented home, consents, certificates."""
