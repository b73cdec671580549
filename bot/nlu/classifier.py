"""Rasa component: intent and topic of a message. The model is in ``bot.nlu.model``; this file only speaks Rasa."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.features import masked
from bot.nlu.model import TopicModel, train
from bot.nlu.tokenizer import PLAIN
from bot.nlu.understanding import Thresholds, class_of, understand
from bot.nlu.words import Word, lexicon_hash

METADATA = "metadata"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Sets ``intent``, ``intent_ranking`` and ``luohu`` (topic or matter, how sure, the questions within) on each message."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TopicModel | None = None) -> None:
        """Hold the configuration and, once trained, the model."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model
        self._thresholds = Thresholds(config["threshold"], config["topic_threshold"], config["coverage"])

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer comes first."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See ``config.yml``."""
        return {"regularisation": 1.0, "threshold": 0.3, "topic_threshold": 0.15, "coverage": 0.35}

    @staticmethod
    def supported_languages() -> list[str]:
        """Chinese."""
        return ["zh"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """A changed concept list is a changed component."""
        return lexicon_hash()

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicClassifier:
        """A new, untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every phrase with an intent, and keep the model."""
        examples = []
        for example in training_data.intent_examples:
            metadata = (example.get(METADATA) or {}).get("intent")
            examples.append((masked(example.get(PLAIN) or "", list(_words(example))), class_of(example.get(INTENT), metadata)))
        self._model = train(examples, self._config["regularisation"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> TopicClassifier:
        """The component with the model that :meth:`train` kept."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicModel.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and topic."""
        assert self._model is not None, "the classifier must be trained before it is used"
        for message in messages:
            found = understand(self._model, message.get(PLAIN) or "", list(_words(message)), self._thresholds)
            message.set("intent", {"name": found.intent, "confidence": found.confidence}, add_to_output=True)
            message.set("intent_ranking", [{"name": n, "confidence": p} for n, p in found.intents[:5]], add_to_output=True)
            message.set("luohu", dict(found.luohu), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that later components need."""
        return training_data


def _words(message: Message) -> Iterable[Word]:
    for token in message.get(TOKENS_NAMES[TEXT]) or ():
        start, end = token.get(PLAIN)
        yield Word(token.text, (start, end), (token.start, token.end))
