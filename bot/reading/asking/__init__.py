"""What a short message asks of a case, or answers to a question."""
