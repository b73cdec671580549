"""What is kept in the database besides conversations: feedback, knowledge gaps, staff, audit. Imports nothing of bot but paths."""
