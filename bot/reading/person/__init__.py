"""Of whom a clause tells: who is named, whom a pronoun means, what is told of strangers."""
