"""The message as a spaCy document: what its components find, and on which words."""

from __future__ import annotations

from bot.reading.document import document, marked

LIAOCHENG = "山东省/聊城市"


def test_people_places_and_clauses_stand_on_the_words() -> None:
    doc = marked(document("我妈户口在湖南岳阳,能迁到东昌府区吗", LIAOCHENG))
    assert doc.text == "".join(token.text for token in doc)
    assert [(span.text, span.label_) for span in doc.spans["people"]] == [("我妈", "parent")]
    assert [span.label_ for span in doc.spans["clauses"]] == ["statement", "question"]
    assert [next(iter(p.places.include)) for p in doc._.places] == ["湖南省/岳阳市", "山东省/聊城市/东昌府区"]


def test_a_name_inside_other_words_is_no_place() -> None:
    assert [p.name for p in document("在市中心开店", LIAOCHENG)._.places] == []
    assert [p.name for p in document("户口在大名", LIAOCHENG)._.places] == ["大名"]


def test_a_pronoun_stands_for_whom_the_conversation_is_about() -> None:
    assert [m.person for m in document("她没上班", LIAOCHENG, about="spouse")._.people] == ["spouse"]
    assert [m.person for m in document("她没上班", LIAOCHENG)._.people] == ["self"]


def test_an_empty_text_is_an_empty_document() -> None:
    doc = document("")
    assert len(doc) == 0
    assert not doc._.clauses
    assert not doc._.people
