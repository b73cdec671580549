"""The message as text: one plain spelling, words, numbers, clauses, and the expressions of the lexicon."""
