"""What was read of each person, and how readings of one fact come together."""
