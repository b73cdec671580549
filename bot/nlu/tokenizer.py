"""Rasa component: words from the project's own Jieba and dictionary.

Rasa's ``JiebaTokenizer`` changes a process-wide dictionary and is restored from cache when only the dictionary changed;
this one has neither defect.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.words import lexicon_hash, words_of

PLAIN = "plain"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class LexiconTokenizer(Tokenizer):
    """Tokens are plain spellings; their offsets point into the message as typed."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own keys; none needs to be set."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None, "prefix_separator_symbol": None}

    @staticmethod
    def supported_languages() -> list[str]:
        """Chinese."""
        return ["zh"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """A changed dictionary, synonym list or reader is a changed component."""
        return lexicon_hash()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of the attribute's text."""
        plain, words = words_of(message.get(attribute) or "")
        if attribute == TEXT:
            message.set(PLAIN, plain)
        return [Token(w.text, w.typed[0], w.typed[1], data={PLAIN: list(w.plain)}) for w in words]
