"""A clerk's note that names people by one character each and no caller (妻随夫;夫有房;妻户口河南): retold by the one who is to move.

Such characters say what two people are to each other, not to an asker. So the mover becomes 我, the others get the word that the mover
has for them, and the note is read as any other message.
"""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.normalise import Text

_ASKER = "我"
_CALLED = {
    "夫": "老公", "妻": "老婆", "男": "老公", "父": "父亲", "母": "母亲", "子": "儿子", "女": "女儿",
    "兄": "哥哥", "弟": "弟弟", "姐": "姐姐", "妹": "妹妹", "孙": "孙子", "媳": "儿媳", "婿": "女婿",
}  # fmt: skip
"""What the mover calls whoever a character stands for."""
_MARRIED = {("男", "女"): "老婆", ("夫", "女"): "老婆", ("女", "男"): "老公", ("女", "夫"): "老公"}
"""What 男 and 女 are beside each other, where 女 would else be a daughter."""


def retold(text: Text) -> Text:
    """The note as its mover would tell it; any other message as it is."""
    pair = cue("notes.pair").search(text.plain)
    if pair is None or cue("notes.speaks").search(text.plain):
        return text
    mover = pair["mover"]
    plain, origins, at = "", [], 0
    for letter in cue("notes.letter").finditer(text.plain):
        who = letter.group()
        word = _ASKER if who == mover else _MARRIED.get((mover, who), _CALLED[who])
        plain += text.plain[at : letter.start()] + word
        origins += [*text.origins[at : letter.start()], *[text.origins[letter.start()]] * len(word)]
        at = letter.end()
    return Text(text.original, plain + text.plain[at:], (*origins, *text.origins[at:]))
