"""聊政发〔2020〕7号, read a second time: one function per route, written from the articles and the notes on their wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.oracle.answers import NO, OPEN, YES, Facts, Reading, ends_of_months, every, lies_in, reads, some, sort_out, told

CITY = "山东省/聊城市"
CHIPING = CITY + "/茌平区"
FOUR_AREAS = tuple(f"{CITY}/{name}" for name in ("东昌府区", "经济技术开发区", "高新区", "旅游度假区"))


def _within_the_limits(place: object, area: object) -> str:
    """在聊城市市区(包括东昌府区、经济技术开发区、高新区、旅游度假区)、茌平区城区、临清市市区、县政府驻地和其他建制镇范围内.

    N-L02: a 乡 is outside; whether a village lies "within" a town, or an urban district, is open.
    """
    assert isinstance(place, str)
    if not lies_in(place, CITY):
        return NO
    return sort_out(str(area), yes=("urban", "town"), open_=("town_village", "urban_village"))


def _home(kind: object) -> str:
    """合法稳定住所(含租赁). N-L03: an own titled home is one; rent alone and the untitled kinds are open.

    A home that is not built yet is none, and an agreement to buy (认购书) is not even a contract.
    N-L10: a contract with a former owner is open.
    """
    untitled = ("apartment", "inherited", "untitled", "secondhand", "small_title", "village_house")
    not_own = ("rented", "public_rental", "borrowed", "dormitory")
    return sort_out(str(kind), yes=("owned",), open_=untitled + not_own)


def _job(status: object, insured: object) -> str:
    """合法稳定就业. N-L04: a contract with insurance is one; an own business, flexible or uninsured work is open."""
    if status == "formal":
        return YES if insured == "yes" else OPEN
    return sort_out(str(status), open_=("dispatched", "probation", "informal", "self_employed", "flexible", "remote", "intern"))


@reads(("housing.kind",), ("housing.place", "housing.area"))
def home(facts: Facts, as_of: date) -> str:
    """二(一)-住所: 在聊城市市区…和其他建制镇范围内,有合法稳定住所(含租赁)…的人员…可以在当地申请登记常住户口。"""
    return every(_home(facts["housing.kind"]), _within_the_limits(facts["housing.place"], facts["housing.area"]))


@reads(("work.status", "insurance.paid"), ("work.place", "work.area"))
def job(facts: Facts, as_of: date) -> str:
    """二(一)-就业: …范围内,有…合法稳定就业的人员…可以在当地申请登记常住户口。"""
    return every(_job(facts["work.status"], facts["insurance.paid"]), _within_the_limits(facts["work.place"], facts["work.area"]))


@reads(("kin.relation", "marital"), ("kin.together",), ("kin.housing", "kin.work", "kin.insurance"), ("kin.place", "kin.area"))
def follower(facts: Facts, as_of: date) -> str:
    """二(一)-随迁: 本人及其共同居住生活的配偶、未婚子女(含离异)、父母,可以在当地申请登记常住户口。

    N-L05: a divorced child is in, a married one out, a widowed one open. A step or adoptive tie is not named: open.
    The relative must meet 二(一) with a home, a contract (whose handover day nobody asked for) or a job.
    """
    relation = facts["kin.relation"]
    as_a_child = {"unmarried": YES, "divorced": YES, "widowed": OPEN, "married": NO}[str(facts["marital"])]
    as_a_step_child = every(OPEN, as_a_child)
    ties = {"spouse": YES, "child": YES, "parent": as_a_child, "step_child": OPEN, "step_parent": as_a_step_child}
    waiting = sort_out(facts["kin.housing"], open_=("presale",))
    base = some(_home(facts["kin.housing"]), waiting, _job(facts["kin.work"], facts["kin.insurance"]))
    here = _within_the_limits(facts["kin.place"], facts["kin.area"])
    return every(ties.get(str(relation), NO), told(facts["kin.together"] == "yes"), base, here)


@reads(("housing.kind", "presale.handover"), ("housing.place", "housing.area"))
def contract(facts: Facts, as_of: date) -> str:
    """二(一)1: 持有购房合同,按照预定交房日期半年以内的住户,可以预先办理迁移落户。

    N-L10: up to half a year ahead is in (以内 takes in the last day), more is out; a day that has passed without a handover and a contract
    with a former owner are open; a home handed over already is no longer settled in advance
    (预先); so is a day on which counting by months and by
    days differ. 认购书 is no 购房合同.
    """
    handover = facts["presale.handover"]
    assert isinstance(handover, date)
    surely, perhaps = ends_of_months(as_of, 6)
    if handover < as_of:
        in_time = OPEN
    else:
        in_time = YES if handover <= surely else OPEN if handover <= perhaps else NO
    held = sort_out(facts["housing.kind"], yes=("presale",), open_=("secondhand",))
    return every(held, in_time, _within_the_limits(facts["housing.place"], facts["housing.area"]))


def _city_seat_insurance(facts: Facts) -> str:
    """东昌府区、经济技术开发区、高新区、旅游度假区以外在聊城市城区落户的,还需提供在聊城市城区缴纳社保的证明 (N-L07).

    Reading A, the default: whoever comes, by household registration, from outside the four areas and settles in the city seat. Reading B:
    a dwelling outside the four areas and yet in the city seat, which can only be 茌平; as nobody says whether the seat takes 茌平 in, both
    the need of a proof for a dwelling there and a proof from there are open. 临清, the counties and the other towns are under neither.
    """
    dwelling, paid_in = facts["housing.place"], facts["insurance.place"]
    proof = NO
    if facts["insurance.paid"] == "yes":
        proof = YES if lies_in(paid_in, *FOUR_AREAS) else OPEN if lies_in(paid_in, CHIPING) else NO
    if lies_in(dwelling, *FOUR_AREAS):
        return some(told(lies_in(facts["hukou.place"], *FOUR_AREAS)), proof)
    if lies_in(dwelling, CHIPING):
        return some(OPEN, proof)
    return YES


@reads(
    ("housing.kind",),
    ("rent.unit",),
    ("rent.title_paper",),
    ("rent.contract",),
    ("rent.filing",),
    ("rent.no_home_proof",),
    ("housing.place", "housing.area", "hukou.place", "insurance.paid", "insurance.place"),
)
def rented(facts: Facts, as_of: date) -> str:
    """二(一)2: 租住成套商品住房申请登记落户的,凭以下申请材料落户:租赁房屋的所有权证书或者其他合法权属证明;…租赁合同;…备案证明、无房证明。

    N-L08: only a complete commodity dwelling surely; the other rented homes are open.
    """
    unit = sort_out(facts["rent.unit"], yes=("complete",), open_=("room", "other"))
    papers = (facts[f"rent.{paper}"] for paper in ("title_paper", "contract", "filing", "no_home_proof"))
    return every(
        told(facts["housing.kind"] == "rented"),
        unit,
        *(told(paper == "yes") for paper in papers),
        _within_the_limits(facts["housing.place"], facts["housing.area"]),
        _city_seat_insurance(facts),
    )


@reads(("housing.kind",), ("public.type", "public.certificate"), ("housing.place", "housing.area"))
def public_housing(facts: Facts, as_of: date) -> str:
    """二(一)3: 房管部门管理的公房、公共租赁房、廉租房,只需分别提供…《公房租赁证》、《公共租赁住房租赁证》与《廉租住房租赁证》。

    N-L11: each kind with its own certificate ("分别"); a home run by an employer is none of the three. Whether a kind
    of later date counts, let under one of the three certificates, is open.
    """
    kind, certificate = facts["public.type"], facts["public.certificate"]
    named = ("gongfang", "gongzu", "lianzu")
    matching = told(kind == certificate) if kind in named else sort_out(certificate, open_=named) if kind == "newer" else NO
    return every(
        told(facts["housing.kind"] == "public_rental"),
        matching,
        _within_the_limits(facts["housing.place"], facts["housing.area"]),
    )


@reads(
    ("education.level", "education.status", "title.level", "skill.certificate", "talent.urgent"),
    ("work.status",),
    ("insurance.paid", "insurance.place"),
    ("work.place",),
)
def hired(facts: Facts, as_of: date) -> str:
    """二(二)-录聘用: …毕业生、具有中级以上专业技术职务任职资格人员,以及各类持有职业资格证书的人员、急需引进的人才等
    被…机构正式录(聘)用并按规定参加社会保险的,可在当地申请登记常住户口。

    N-L12: who is urgently needed is for the authority to say; a 职业技能等级证书, agency work, probation, an internship and
    insurance paid elsewhere are open.
    """
    school = facts["education.level"] in ("vocational", "college", "bachelor", "master", "doctor")
    group = some(
        told(school and facts["education.status"] == "graduated"),
        told(facts["title.level"] in ("mid", "senior")),
        sort_out(facts["skill.certificate"], yes=("qualification",), open_=("level",)),
        OPEN,  # 急需引进的人才: no list, the authority decides
    )
    post = sort_out(facts["work.status"], yes=("formal",), open_=("dispatched", "probation", "intern"))
    insured = NO
    if facts["insurance.paid"] == "yes":
        insured = YES if lies_in(facts["insurance.place"], CITY) else OPEN
    return every(group, post, insured, told(lies_in(facts["work.place"], CITY)))


@reads(("business.license",), ("license.issued",), ("premises.kind",), ("premises.place",), ("wish.household",))
def licence(facts: Facts, as_of: date) -> str:
    """二(二)-营业证照: 办理营业证照一年、有固定独立成套的经营场所,可在经营场所隶属的社区集体户落户。

    N-L14: a full year since the issue; the holder surely, a partner or employee perhaps; a shop at home is open, a counter is not 独立成套.
    The article gives a place in the collective household of the community, never a household of one's own.
    """
    issued = facts["license.issued"]
    assert isinstance(issued, date)
    perhaps_not_before, surely_not_before = ends_of_months(issued, 12)
    full_year = YES if as_of >= surely_not_before else OPEN if as_of >= perhaps_not_before else NO
    return every(
        sort_out(facts["business.license"], yes=("own",), open_=("other",)),
        full_year,
        sort_out(facts["premises.kind"], yes=("independent",), open_=("home",)),
        told(lies_in(facts["premises.place"], CITY)),
        told(facts["wish.household"] == "collective"),
    )


@reads(("hukou.place",), ("education.level", "education.status", "title.level", "skill.certificate"), ("wish.household",), ("wish.area",))
def talent(facts: Facts, as_of: date) -> str:
    """二(三): 聊城市以外的高级人才(硕士研究生以上学历)、专业技术人才、技能人才凭毕业证书、职称证书(或职业资格证书或技能证书)…
    可在全市各县(市、区)人才市场集体户申请落户。

    N-L15: "以外" is read of the household registration; one group with its own certificate is enough; a title of any level.
    It gives a place in the collective household of the talent market: neither a household of one's own nor one in a village.
    """
    group = some(
        told(facts["education.level"] in ("master", "doctor") and facts["education.status"] == "graduated"),
        told(facts["title.level"] != "none"),
        told(facts["skill.certificate"] != "none"),
    )
    to_the_market = every(told(facts["wish.household"] == "collective"), told(facts["wish.area"] == "town"))
    return every(told(not lies_in(facts["hukou.place"], CITY)), group, to_the_market)


@reads(("hukou.place",), ("housing.kind",), ("housing.place", "housing.area"))
def free_movement(facts: Facts, as_of: date) -> str:
    """三(三): 本市户籍人口可将户口迁移至城镇范围内合法固定住所。

    N-L16: whether a rented home is 固定 is open; the direction is to the towns only, and where the home lies decides it.
    """
    return every(
        told(lies_in(facts["hukou.place"], CITY)),
        _home(facts["housing.kind"]),
        _within_the_limits(facts["housing.place"], facts["housing.area"]),
    )


ROUTES: Mapping[str, Reading] = {
    "二(一)-住所": home,
    "二(一)-就业": job,
    "二(一)-随迁": follower,
    "二(一)1": contract,
    "二(一)2": rented,
    "二(一)3": public_housing,
    "二(二)-录聘用": hired,
    "二(二)-营业证照": licence,
    "二(三)": talent,
    "三(三)": free_movement,
}
SETTLING = tuple(ROUTES)
