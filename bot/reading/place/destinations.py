"""Where somebody wants to settle: the places a text names as the target, apart from those it only comes from or speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, names_in
from bot.reading.text.clauses import split


@dataclass(frozen=True)
class Target:
    """A place the text names as where to settle.

    ``jurisdiction`` is a key of the homes handed in, or ``None`` for another place (``path`` may then still contain a home: 淄博 contains
    临淄).  ``sure`` is set where the words say so (落户佛山, 青岛落户新规), not where the place is merely mentioned;
    ``origin`` where all that is said of it is that somebody comes from it or is registered there (他户口在聊城).
    """

    jurisdiction: str | None
    path: str
    span: tuple[int, int]
    sure: bool
    origin: bool = False


_ORIGIN_LEFT = re.compile(
    r"(?:户口|户籍|籍贯|老家|原籍|祖籍)(?:一直|现在|目前|还|都|也|是|就|仍|本|落|挂|空挂|在){0,4}$|"
    r"(?:户口|户籍)(?:一直|现在|目前|还|都|也|就|仍|至今){0,3}(?:搁|扔|放|甩|留|存|寄|寄存|撂|丢|撇|趴|躺|压|托管|登记)在$|(?:我|"
    r"俺|本人|他|她|老公|老婆|媳妇|对象|爱人|全家|都|们|属|人)是$|(?:从|由|来自|离开|自)$|(?:不在|没在)$"
)
_ORIGIN_RIGHT = re.compile(
    r"(?:的)?(?:户口(?!政策|新规|新政|怎么|咋|迁移政策)|户籍(?!新规|新政|政策|改革))(?!.{0,2}落)|人(?!才|"
    r"口)|的[,。;?!]|的$|籍|来的|过来|老家|那边迁|迁(?:到|来|过来|去)|搬(?:到|来)|调(?:到|来|回)|转(?:到|"
    r"来|回)|嫁(?:到|来|过来)"
)
_TARGET_LEFT = re.compile(
    r"(?:落户|落到|落在|落户到|落户在|落入|落去?|迁到|迁入|迁往|迁去|迁来|迁回|迁回到?|转到|转入|转回|"
    r"转去|入户|入户到|落回|调到|调回|调去|搬到|搬回|弄到|办到|挪到|上到|安到|移到|投靠到|想去|想来|要去|"
    r"要来|回到|那|那在|换成|换到|要是在?|如果在?|改成)(?:了|咱|咱们|你们|你|我们|我|市里)?$"
)
_BECOMES = re.compile("(?<![充])(?:当|做|成为?|变成?)(?:个|一个|了)?$")  # 想当青岛人
_MOVED_ONCE = re.compile(
    r"户口[^,。;?!想能要可]{0,6}落在了?$|(?:[一二三四五六七八九十几\d]+(?:来|多)?年前|当年|早年|早些年|前些年|前几年|那年|以前|原来|小时候|去年|前年|大前年|已经|早就|"
    r"[零一二三四五六七八九十〇几\d]{1,4}年|考学|上学|读书|参军|当兵|招工|顶替|接班|分配|出嫁|跟着?工作)[^。?!;想能]{0,16}(?:落|迁|转|弄|调|搬|嫁)[^。?!;,想能]{0,6}$"
)
_MOVED_AWAY = re.compile(
    r"(?:[^,。;!?想能要]{0,4}(?:那|家|单位|学校|公司)(?:里|边|儿)?)?(?:那边)?(?:去)?了(?!吗|没)|(?:那边)?去了|的(?:,|。|$)"
)
_TARGET_RIGHT = re.compile(
    r"(?:20\d\d年?的?)?"
    r"(?:这边?儿?|那边?儿?|市|区|的)?(?:到底|现在|目前|今年|最新|能不能|能|可以|可|想|要|得|怎么|咋|如何|"
    r"怎样|咋样|想要|直接|最新的?|现行的?|本地|人才|毕业生|大学生|本科生?|大专生?|父母|子女|随子女|新生儿|"
    r"租房|买房|农村|集体户?|社保|交?多少|几年|年|可|积分|投靠|就业|创业|夫妻|外地人|外来|务工|退役军人|"
    r"研究生|硕士){0,5}的?"
    r"(?:落户|落个?户|入户|落不?落|户籍(?:新规|新政|政策|改革)|户口(?:政策|新规|新政|怎么|咋|迁移政策)|"
    r"集体户|公共户|居住证|积分|迁户|上户口|政策|条件|呢[?]?$)"
)
_ONCE_THERE = re.compile("(?:干|待|呆|住|租|工作|上班|打工|读|上|念|开|问)过")
_NOT_THERE = re.compile(r"(?:不是|不算|并非|不归|不属于?)(?:咱|咱们|你们|你|我们|我)?$")
_LIVES = re.compile(r"在$")
_WISH = re.compile(r"落户|入户|落个?户|户口.{0,6}(?:迁|转|落)|(?:迁|转|落).{0,6}户口")


def names_place_elsewhere(plain: str, homes: Iterable[str] = ()) -> bool:
    """Whether the text names a place outside all of ``homes`` (place paths) that contains none of them either."""
    own = tuple(homes)
    return any(
        reading.kind in NAMED and not any(inside(path, home) or inside(home, path) for home in own for path in reading.places.include)
        for reading in names_in(plain, None)
    )


def jurisdictions_named(plain: str, homes: Mapping[str, str]) -> list[Target]:
    """The places the text names as the target of settling, in order, each once.

    ``homes`` maps a jurisdiction's key to its place path (``{"liaocheng": "山东省/聊城市"}``).  An origin (我是河南的, 户口在济南,
    从北京调到) is no target; "怎么落户佛山" and "青岛落户新规" are, with ``jurisdiction=None``.  Where no words point to a target, a home
    that is mentioned at all counts (``sure`` unset), and after that a place elsewhere where somebody lives or works and asks to settle.
    """
    sure: list[Target] = []
    weak: list[Target] = []
    elsewhere: list[Target] = []
    origins: list[Target] = []
    for reading in names_in(plain, None):
        if reading.kind not in NAMED:
            continue
        start, end = reading.span
        left, right = plain[max(0, start - 10) : start], plain[end : end + 24]
        if _NOT_THERE.search(left):
            continue  # 俺不是临淄的: not what the message is about
        path = _common_path(reading.places.include)
        owner = next((key for key, home in homes.items() if inside(path, home)), None)
        target = Target(owner, path, reading.span, True)
        if owner is None and (_MOVED_ONCE.search(plain[max(0, start - 24) : start]) or _MOVED_AWAY.match(right)):
            origins.append(replace(target, sure=False, origin=True))  # 当年考学把户口迁到西安: where the register went
        elif _TARGET_LEFT.search(left) or _BECOMES.search(left) and right.startswith("人"):
            sure.append(target)
        elif _ORIGIN_LEFT.search(left) or _ORIGIN_RIGHT.match(right):
            origins.append(replace(target, sure=False, origin=True))
        elif _TARGET_RIGHT.match(right):
            sure.append(target)
        elif owner:
            weak.append(replace(target, sure=False))
        elif _LIVES.search(left):
            elsewhere.append(replace(target, sure=False))
    if sure or weak:
        chosen = sure + [target for target in weak if not any(other.jurisdiction is None for other in sure)]
    elif elsewhere and _WISH.search(plain) and not any(target.jurisdiction for target in origins):
        chosen = elsewhere
    else:
        chosen = [target for target in origins if target.jurisdiction]
    once: dict[str, Target] = {}
    chosen = _not_by_the_way(plain, chosen)
    for target in sorted(chosen, key=lambda one: (one.span, one.path)):
        once.setdefault(target.jurisdiction or target.path, target)
    return list(once.values())


def _not_by_the_way(plain: str, targets: list[Target]) -> list[Target]:
    """The targets without the places served that others spoke of, or where somebody once was, where another one served is named as well.

    (听说聊城要满一年,临淄这边能落吗; 我在聊城干过,现在临淄租房.)
    """
    if len({target.jurisdiction for target in targets} - {None}) <= 1:
        return targets
    clauses = split(plain)

    def by_the_way(target: Target) -> bool:
        clause = next((c for c in clauses if c.start <= target.span[0] < c.end), None)
        if clause is None or target.jurisdiction is None:
            return False
        return clause.hearsay or clause.past_at(target.span[0] - clause.start) or _ONCE_THERE.search(clause.text) is not None

    kept = [target for target in targets if not by_the_way(target)]
    return kept if any(target.jurisdiction for target in kept) else targets


def _common_path(paths: Iterable[str]) -> str:
    """The deepest place that contains all of these."""
    split = [path.split("/") for path in paths]
    shared = []
    for parts in zip(*split, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join(shared)
