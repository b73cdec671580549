"""Intent and topic of a message. Only ``tokenizer`` and ``classifier`` import Rasa; ``features`` and ``model`` are plain Python."""
