"""What people are to each other: words for relatives, and the family as a graph."""
