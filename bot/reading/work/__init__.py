"""Work, insurance and schooling somebody tells of."""
