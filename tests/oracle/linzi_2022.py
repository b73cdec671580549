"""临淄区 2022 实施方案, read a second time: one function per route, written from the articles and the notes on their wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.oracle.answers import NO, OPEN, YES, Facts, Reading, every, lies_in, reads, some, sort_out, told

DISTRICT = "山东省/淄博市/临淄区"


def _in_town(place: object, area: object) -> str:
    """城镇, in 临淄区. N-Z03: not mapped, so what the resident answers (城里, 镇上 or 村里) decides."""
    return told(lies_in(str(place), DISTRICT) and area in ("urban", "town"))


def _in_village(place: object, area: object) -> str:
    """农村区域, in 临淄区: the other side of the same line."""
    return told(lies_in(str(place), DISTRICT) and area not in ("urban", "town"))


@reads(("housing.kind", "housing.place", "housing.area", "work.status", "work.place", "work.area"))
def general(facts: Facts, as_of: date) -> str:
    """二(一)-总则: 居民凡在城镇居住或就业的,本人及其近亲属均可自主选择落户,取消其他前置条件和附加限制。

    N-Z01: literally, living or working in town is enough; or items 1 to 4 are the ways. Both take in who owns the home or has the job;
    whoever only lives there is open. A tenancy stays open here: whether it is enough turns on conditions that its own item sets.
    """
    owns = ("owned", "apartment", "inherited")
    lives = ("untitled", "rented", "public_rental", "small_title", "village_house", "borrowed", "dormitory")
    works = ("formal", "dispatched", "probation", "informal", "self_employed", "flexible")
    return some(
        every(sort_out(facts["housing.kind"], yes=owns, open_=lives), _in_town(facts["housing.place"], facts["housing.area"])),
        every(sort_out(facts["work.status"], yes=works, open_=("remote", "intern")), _in_town(facts["work.place"], facts["work.area"])),
    )


@reads(("housing.kind",), ("housing.place", "housing.area"))
def owner(facts: Facts, as_of: date) -> str:
    """二(一)1-产权: 居民凡拥有合法权属来源的城镇居民住宅或公寓,均可在房屋地址登记落户。

    N-Z05: inheritance and a court award count; a home not handed over is open, and so is one without its certificate or with a small title.
    """
    unsettled = ("untitled", "presale", "secondhand", "small_title")
    kind = sort_out(facts["housing.kind"], yes=("owned", "apartment", "inherited"), open_=unsettled)
    return every(kind, _in_town(facts["housing.place"], facts["housing.area"]))


@reads(("housing.kind",), ("housing.place", "housing.area"), ("rent.owner_consent",), ("rent.register_empty",))
def tenant(facts: Facts, as_of: date) -> str:
    """二(一)1-租房: 居民凡在城镇租房居住,并经房屋产权人同意且该房屋无户口登记的,可在租赁房屋地址登记落户。

    N-Z04: the owner's consent and an empty register, both; public housing is let by its owner institution. Whether an employer's room is
    rented is open, a borrowed one is not.
    """
    return every(
        sort_out(facts["housing.kind"], yes=("rented", "public_rental"), open_=("dormitory",)),
        _in_town(facts["housing.place"], facts["housing.area"]),
        told(facts["rent.owner_consent"] == "yes"),
        told(facts["rent.register_empty"] == "yes"),
    )


@reads(("kin.relation",), ("kin.place", "kin.area"), ("kin.hukou_here",))
def town_kin(facts: Facts, as_of: date) -> str:
    """二(一)2: 居民凡投靠城镇区域内亲属的,…扩大到允许投靠近亲属(指配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女)落户。

    N-Z06: a closed list; step and adoptive ties are open; whether the relative must be registered there, or live there, is open.
    """
    near = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")
    return every(
        sort_out(facts["kin.relation"], yes=near, open_=("step_parent", "step_child")),
        _in_town(facts["kin.place"], facts["kin.area"]),
        YES if facts["kin.hukou_here"] == "yes" else OPEN,
    )


@reads(("work.status",), ("work.place", "work.area"))
def worker(facts: Facts, as_of: date) -> str:
    """二(一)3: 居民凡在我区城镇就业的(包括录聘用、务工经商、创业等),可在就业地登记落户。

    N-Z08: remote work and an internship are open; whoever has an offer alone does not work there yet.
    """
    working = ("formal", "dispatched", "probation", "informal", "self_employed", "flexible")
    return every(
        sort_out(facts["work.status"], yes=working, open_=("remote", "intern")),
        _in_town(facts["work.place"], facts["work.area"]),
    )


@reads(
    ("intent.work", "work.status", "work.place"),
    ("education.level", "education.status", "education.form", "returnee", "title.level", "skill.certificate"),
    ("wish.area",),
)
def talent(facts: Facts, as_of: date) -> str:
    """二(一)4: 有意愿来临淄创业、就业的人才(包括…学校毕业生或在校生,留学归国人员,企事业单位需要的
    各类专业技术和技能人才等),可…在我区城镇落户。

    N-Z09: the wish is enough, no job, and who works there already shows it; 普通高中 is not in the list; 自考 and
    成教 are open; so is what "企事业单位需要的" asks of a holder of a title or certificate.
    The article gives a place in town, whatever the job.
    """
    at_work = facts["work.status"] not in ("none", "remote") and lies_in(facts["work.place"], DISTRICT)
    school = told(
        facts["education.level"] in ("vocational", "college", "bachelor", "master", "doctor")
        and facts["education.status"] in ("graduated", "enrolled")
    )
    group = some(
        every(school, YES if facts["education.form"] == "regular" else OPEN),
        told(facts["returnee"] == "yes"),
        NO if facts["title.level"] == "none" else OPEN,
        NO if facts["skill.certificate"] == "none" else OPEN,
    )
    return every(told(facts["intent.work"] == "yes" or at_work), group, told(facts["wish.area"] == "town"))


@reads(("collective.member",), ("collective.family",))
def family_booklet(facts: Facts, as_of: date) -> str:
    """二(二): 户口登记在社区(单位)集体户且具有家庭成员关系的人员,公安机关可依申请为其颁发家庭居民户口簿。

    N-Z12: "可" permits; that the police may still decline is true of every application. It settles
    nobody: the person is registered already.
    """
    return every(told(facts["collective.member"] == "yes"), told(facts["collective.family"] == "yes"))


@reads(("origin.place",), ("origin.moved",), ("origin.base",), ("origin.back",))
def back_home(facts: Facts, as_of: date) -> str:
    """三(一)-回原籍: 拥有农村宅基地使用权等基本生活基础的进城落户人员回原籍经常居住的,可将户口迁回原籍。

    N-Z10: land without a homestead, a homestead of the parents, and who left to study or by marriage are open.
    """
    return every(
        told(lies_in(facts["origin.place"], DISTRICT)),
        sort_out(facts["origin.moved"], yes=("settled",), open_=("study", "other")),
        sort_out(facts["origin.base"], yes=("homestead",), open_=("land", "parents")),
        told(facts["origin.back"] == "yes"),
    )


@reads(("kin.relation", "marital", "kin.adult"), ("kin.place", "kin.area"))
def village_kin(facts: Facts, as_of: date) -> str:
    """三(一)-三投靠: 居民凡投靠农村区域内亲属的,可以申请办理夫妻投靠、父母投靠成年子女、未婚子女投靠父母落户。

    N-Z07: no other tie; a married child and a child under age to follow are out; a divorced or widowed child is open.
    """
    as_a_child = {"unmarried": YES, "divorced": OPEN, "widowed": OPEN, "married": NO}[str(facts["marital"])]
    as_a_parent = told(facts["kin.adult"] == "yes")
    ties = {
        "spouse": YES,
        "child": as_a_parent,
        "parent": as_a_child,
        "step_child": every(OPEN, as_a_parent),
        "step_parent": every(OPEN, as_a_child),
    }
    return every(
        ties.get(str(facts["kin.relation"]), NO),
        _in_village(facts["kin.place"], facts["kin.area"]),
    )


@reads(("rural.dispatched",), ("rural.profession",))
def sent_to_the_village(facts: Facts, as_of: date) -> str:
    """三(二)-选派: 凡由组织选派的机关干部、高校毕业生、农业科研人员到村或新型农业经营主体兼职任职的,
    …在符合落户条件的情况下,…在就业创业地落户…

    N-Z11: what "落户条件" are is not written: never more than open.
    """
    return every(
        OPEN,
        told(facts["rural.dispatched"] == "yes"),
        told(facts["rural.profession"] in ("cadre", "graduate", "researcher")),
    )


@reads(("rural.return_work",))
def back_to_work(facts: Facts, as_of: date) -> str:
    """三(二)-入乡返乡: 凡高校毕业生、退役军人等城镇人员入乡返乡就业创业的,在符合落户条件的情况下,
    可根据工作需要和本人意愿,在就业创业地落户…

    N-Z11: "等" may take in anyone from a town, and the conditions are not written: never more than open.
    """
    return every(
        OPEN,
        told(facts["rural.return_work"] == "yes"),
    )


ROUTES: Mapping[str, Reading] = {
    "二(一)-总则": general,
    "二(一)1-产权": owner,
    "二(一)1-租房": tenant,
    "二(一)2": town_kin,
    "二(一)3": worker,
    "二(一)4": talent,
    "二(二)": family_booklet,
    "三(一)-回原籍": back_home,
    "三(一)-三投靠": village_kin,
    "三(二)-选派": sent_to_the_village,
    "三(二)-入乡返乡": back_to_work,
}
SETTLING = tuple(route for route in ROUTES if route != "二(二)")
