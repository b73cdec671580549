"""Rasa actions, one file per topic of conversation. Thin: load the state, call ``bot.conversation.turns``, send the replies."""
