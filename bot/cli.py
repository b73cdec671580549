"""The ``luohu`` command. Heavy parts are imported by the command that needs them: ``luohu check`` never loads Rasa."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any


class Wrong(Exception):
    """A wrong use of the command; the message says how to mend it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code: 0 done, 1 found something wrong, 2 used wrongly."""
    from bot.policy.problem import PackError

    args = _parser().parse_args(argv)
    try:
        return int(args.run(args) or 0)
    except (Wrong, FileNotFoundError, RuntimeError) as error:
        print(f"luohu {args.command}: {error}", file=sys.stderr)
        return 2 if isinstance(error, Wrong) else 1
    except PackError as error:
        print(f"luohu {args.command}: the documents are not well formed\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="luohu", description="Household-registration (落户) assistant with the article behind every sentence."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="start the server (trains first if the data changed)")
    serve.add_argument("--host", default=os.environ.get("LUOHU_HOST", "127.0.0.1"))
    serve.add_argument("--port", type=_port, default=os.environ.get("LUOHU_PORT", "5005"))
    serve.set_defaults(run=_serve)

    chat = commands.add_parser("chat", help="talk in the terminal")
    chat.add_argument("--place", help="pin the conversation to a jurisdiction, for example liaocheng")
    chat.add_argument("--json", action="store_true", help="show the payload of each reply")
    chat.set_defaults(run=_chat)

    train = commands.add_parser("train", help="train the model if the data changed")
    train.add_argument("--force", action="store_true", help="train even if nothing changed")
    train.set_defaults(run=_train)

    check = commands.add_parser("check", help="validate the vocabulary and every policy pack")
    check.set_defaults(run=_check)

    screen = commands.add_parser("screen", help="screen facts against a document")
    screen.add_argument("policy", help="id of the document, for example liaocheng-2020-7")
    screen.add_argument("facts", help="JSON object of facts, a file that holds one, or - for standard input")
    screen.add_argument("--as-of", type=_date, default=None, help="the day the screening counts to (default: today)")
    screen.add_argument("--json", action="store_true", help="print the whole screening as JSON")
    screen.set_defaults(run=_screen)

    lookup = commands.add_parser("lookup", help="what the hotline desk finds: clauses, what to say, citations")
    lookup.add_argument("query")
    lookup.add_argument("--place", default=None, help="only this jurisdiction")
    lookup.add_argument("--limit", type=int, default=5)
    lookup.add_argument("--json", action="store_true", help="print the hits as JSON")
    lookup.set_defaults(run=_lookup)

    _staff_parser(commands)
    _policy_parser(commands)
    evaluate = commands.add_parser("evaluate", help="measure the bot on the evaluation rows")
    evaluate.add_argument("--split", choices=("dev", "test", "all"), default="all")
    evaluate.add_argument("--retrain", action="store_true", help="also show the spread over models trained without a tenth of the phrases")
    evaluate.add_argument("--seeds", type=int, default=3, help="how many such models (default: 3)")
    evaluate.add_argument("--show", action="store_true", help="print every row that counts against a figure")
    evaluate.add_argument("--json", type=Path, default=None, metavar="FILE", help="write every figure and result here")
    evaluate.add_argument("--write-gate", action="store_true", help="set the bars of tests/evaluation/gate.yml from the test split")
    evaluate.add_argument("--lower", action="store_true", help="with --write-gate: let bars sink")
    evaluate.add_argument("--write-docs", action="store_true", help="refresh the tables of docs/understanding.md from the test split")
    evaluate.add_argument("--folds", type=int, default=None, help="instead: cross validate the topic model on the training phrases")
    evaluate.set_defaults(run=_evaluate)

    wechat = commands.add_parser("wechat", help="the WeChat Official Account").add_subparsers(
        dest="wechat_command", required=True, metavar="WECHAT_COMMAND"
    )
    settings = wechat.add_parser("check", help="verify the LUOHU_WECHAT_* settings, and with an app secret ask WeChat")
    settings.add_argument("--offline", action="store_true", help="ask nothing of WeChat")
    settings.set_defaults(run=_wechat_check)
    menu = wechat.add_parser("menu", help="publish the menu of data/wording/wechat.yml")
    menu.add_argument("--show", action="store_true", help="print it and publish nothing")
    menu.set_defaults(run=_wechat_menu)

    purge = commands.add_parser("purge", help="erase what is older than the retention")
    days = "days to keep of what residents said (default: LUOHU_RETENTION_DAYS, and LUOHU_JOURNAL_DAYS and LUOHU_AUDIT_DAYS for the rest)"
    purge.add_argument("--days", type=int, default=None, help=days)
    purge.set_defaults(run=_purge)

    replay = commands.add_parser("replay", help="make a past reply again and hold it against what was said; 0: identical, 1: not")
    replay.add_argument("id", help='the id of the reply: "id" of its payload, "reply" in the log')
    replay.add_argument("--json", action="store_true", help="print everything as JSON")
    replay.set_defaults(run=_replay)

    gaps = commands.add_parser("gaps", help="show, in groups, what residents asked and the bot did not answer well")
    gaps.add_argument("--status", choices=("new", "in_work", "answered", "all"), default="new")
    gaps.add_argument("--set", dest="mark", choices=("new", "in_work", "answered"), default=None, help="give the gaps named another status")
    gaps.add_argument("--delete", action="store_true", help="erase the gaps named")
    gaps.add_argument("--json", action="store_true", help="print the groups as JSON")
    gaps.add_argument("ids", type=int, nargs="*", metavar="ID", help="gaps for --set and --delete")
    gaps.set_defaults(run=_gaps)

    pack = commands.add_parser("pack", help="work on a policy pack").add_subparsers(
        dest="pack_command", required=True, metavar="PACK_COMMAND"
    )
    new = pack.add_parser("new", help="cut a raw document into an article tree and write a pack skeleton")
    new.add_argument("text", type=Path)
    new.add_argument("--id", required=True)
    new.set_defaults(run=_pack_new)
    sheet = pack.add_parser("sheet", help="write a review sheet for a lawyer (Markdown and HTML)")
    sheet.add_argument("id")
    sheet.add_argument("--out", type=Path, default=None, help="folder to write to (default: var/sheets)")
    sheet.set_defaults(run=_pack_sheet)
    return parser


def _staff_parser(commands: Any) -> None:
    staff = commands.add_parser("staff", help="who may use the hotline desk").add_subparsers(
        dest="staff_command", required=True, metavar="STAFF_COMMAND"
    )
    add = staff.add_parser("add", help="add an account, or give it a new role and password; asks for the password or reads it from stdin")
    add.add_argument("name")
    add.add_argument("--role", choices=("staff", "editor"), default="staff")
    add.set_defaults(run=_staff_add)
    staff.add_parser("list", help="list the accounts").set_defaults(run=_staff_list)
    disable = staff.add_parser("disable", help="shut an account out at once")
    disable.add_argument("name")
    disable.set_defaults(run=_staff_disable)


def _policy_parser(commands: Any) -> None:
    policy = commands.add_parser("policy", help="work on versions of a document").add_subparsers(
        dest="policy_command", required=True, metavar="POLICY_COMMAND"
    )
    differ = policy.add_parser("diff", help="what a new version of a document touches: articles, routes, topics, cases, training phrases")
    differ.add_argument("old", help="id of the pack, for example linzi-2022")
    differ.add_argument("new", help="id of another pack, a folder that holds source.txt, or the new text itself")
    differ.add_argument("--json", action="store_true", help="print the difference as JSON")
    differ.set_defaults(run=_policy_diff)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; use a number from 1 to 65535")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-22") from None


def _serve(args: argparse.Namespace) -> None:
    from bot import logs
    from bot.channels import scrape, settings
    from bot.channels.shared import shared_from_environment
    from bot.channels.wechat.settings import load_settings
    from bot.desk.access import proxy_from_environment
    from bot.store.database import shared_engine
    from bot.training import ensure_trained, quiet_environment

    quiet_environment()
    logs.configure()
    for check in (settings.check, scrape.token, load_settings, proxy_from_environment):  # refused here, not after the model is loaded
        check()
    shared = shared_from_environment()
    _free(args.host, args.port)
    shared_engine()  # refused before anything slow where the database is away
    print("checking the documents …", flush=True)
    _checked()
    settings.pinned(_world().packs.by_jurisdiction)
    model = ensure_trained()
    print("loading (about 15 seconds) …", flush=True)
    from bot.channels.loaded import world
    from bot.channels.server import serve
    from bot.desk.server import blueprint

    serve(model, args.host, args.port, [blueprint(world, shared=shared)], shared)


def _free(host: str, port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Wrong(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port or LUOHU_PORT") from error


def _checked() -> None:
    """Refuse to go on with a pack that fails its validation."""
    problems = _problems()
    if problems:
        raise RuntimeError("the documents fail their validation; run `luohu check`:\n" + "\n".join(map(str, problems[:10])))


def _problems() -> list[Any]:
    from bot.policy.check import check_all

    return list(check_all())


def _check(args: argparse.Namespace) -> int:
    problems = _problems()
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problem(s)" if problems else "vocabulary and packs: no problem found")
    return 1 if problems else 0


def _train(args: argparse.Namespace) -> None:
    from bot.training import train

    train(force=args.force)


def _chat(args: argparse.Namespace) -> None:
    from bot.training import ensure_trained, quiet_environment

    quiet_environment()
    model = ensure_trained()
    print("loading (about 15 seconds) …", flush=True)
    from bot.channels.terminal import chat

    chat(model, args.place, args.json)


def _world() -> Any:
    from bot.conversation.world import load_world

    return load_world()


def _screen(args: argparse.Namespace) -> None:
    from bot.eligibility.codec import FactError, parse_facts
    from bot.eligibility.question import next_question
    from bot.eligibility.screening import screen
    from bot.replies.payload import screening_json

    world = _world()
    pack = world.packs.by_id.get(args.policy)
    if pack is None:
        raise Wrong(f"there is no policy {args.policy!r}; there are: {', '.join(world.packs.by_id)}")
    try:
        told = parse_facts(_json_object(args.facts), world.vocabulary)
    except FactError as error:
        raise Wrong(str(error)) from error
    as_of = args.as_of or datetime.now(timezone(timedelta(hours=8))).date()
    result = screen(pack, told, as_of, vocabulary=world.vocabulary)
    question = next_question(pack, told, as_of, world.vocabulary)
    if args.json:
        print(json.dumps(screening_json(pack, result, world.vocabulary, told, question=question), ensure_ascii=False, indent=2))
        return
    print(f"{pack.identity.title} ({as_of}): {result.verdict.value}")
    for route in result.routes:
        print(f"  {route.verdict.value:15} {route.route.id}  {route.route.title}")
    if question:
        print(f"next question: {world.vocabulary.facts[question.fact].ask()}")


def _json_object(source: str) -> dict[str, Any]:
    text = source
    if source == "-":
        text = sys.stdin.read()
    elif not source.lstrip().startswith("{"):
        file = Path(source)
        if not file.is_file():
            raise Wrong(f"{source!r} is neither a JSON object nor a file")
        text = file.read_text(encoding="utf-8")
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Wrong(f"the facts are no JSON: {error}") from error
    if not isinstance(value, dict):
        raise Wrong("the facts must be a JSON object from fact name to what is known")
    return value


def _lookup(args: argparse.Namespace) -> int:
    world = _world()
    if args.place is not None and args.place not in world.packs.by_jurisdiction:
        raise Wrong(f"there is no jurisdiction {args.place!r}; there are: {', '.join(world.packs.by_jurisdiction)}")
    if not 1 <= args.limit <= 50:
        raise Wrong("--limit must be from 1 to 50")
    from bot.channels.loaded import today
    from bot.desk.lookup import as_text, desk_of, find

    result = find(desk_of(world), args.query, args.place, args.limit, today())
    if args.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(as_text(result) or "nothing found")
    return 0 if result["hits"] else 1


def _staff_add(args: argparse.Namespace) -> None:
    from getpass import getpass

    from bot.store import staff

    if sys.stdin.isatty():
        password = getpass(f"password for {args.name}: ")
        if password != getpass("once more: "):
            raise Wrong("the two passwords differ; nothing was changed")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        new = staff.add(args.name, args.role, password)
    except ValueError as error:
        raise Wrong(str(error)) from error
    print(f"{'added' if new else 'changed'}: {args.name} ({args.role})")


def _staff_list(args: argparse.Namespace) -> None:
    from bot.store import staff

    for person in staff.every():
        added = datetime.fromtimestamp(person.added, timezone(timedelta(hours=8))).date()
        print(f"{person.name}\t{person.role}\t{added}\t{'disabled' if person.disabled else 'active'}")


def _staff_disable(args: argparse.Namespace) -> None:
    from bot.store import staff

    if not staff.disable(args.name):
        raise Wrong(f"there is no account {args.name!r}; see `luohu staff list`")
    print(f"disabled: {args.name}; open sessions have ended")


def _policy_diff(args: argparse.Namespace) -> None:
    from dataclasses import asdict

    from bot.policy.diff import as_text, diff, texts_of, texts_of_file
    from bot.policy.load import load_packs

    packs = load_packs()
    if args.old not in packs.by_id:
        raise Wrong(f"there is no policy {args.old!r}; there are: {', '.join(packs.by_id)}")
    file = Path(args.new) / "source.txt" if Path(args.new).is_dir() else Path(args.new)
    if args.new not in packs.by_id and not file.is_file():
        raise Wrong(f"{args.new!r} is neither a policy nor a text file nor a folder that holds source.txt")
    try:
        new = texts_of(packs.by_id[args.new]) if args.new in packs.by_id else texts_of_file(file)
    except ValueError as error:
        raise Wrong(str(error)) from error
    found = diff(packs.by_id[args.old], new, packs.vocabulary.topics)
    print(json.dumps(asdict(found), ensure_ascii=False, indent=2) if args.json else as_text(found))


def _evaluate(args: argparse.Namespace) -> int:
    if args.folds is not None:
        from bot.nlu.evaluation import cross_validate

        if not 2 <= args.folds <= 20:
            raise Wrong("--folds must be from 2 to 20")
        print(cross_validate(args.folds).summary())
        return 0
    if not 1 <= args.seeds <= 20:
        raise Wrong("--seeds must be from 1 to 20")
    if args.lower and not args.write_gate:
        raise Wrong("--lower belongs to --write-gate")
    from bot.evaluation.command import command

    return command(
        args.split,
        seeds=args.seeds,
        retrain=args.retrain,
        show=args.show,
        json_file=args.json,
        write_gate=args.write_gate,
        lower=args.lower,
        write_docs=args.write_docs,
    )


def _wechat_check(args: argparse.Namespace) -> int:
    import asyncio

    from bot.channels.wechat.command import check

    return asyncio.run(check(args.offline))


def _wechat_menu(args: argparse.Namespace) -> int:
    import asyncio

    from bot.channels.wechat.command import menu

    return asyncio.run(menu(args.show))


def _purge(args: argparse.Namespace) -> None:
    from bot.channels.erasure import purge, purge_by_settings

    if args.days is None:
        print(f"erased by age: {purge_by_settings()}")
        return
    if args.days < 0:
        raise Wrong("--days must be 0 or more")
    print(f"older than {args.days} days and erased: {purge(args.days)}")


def _replay(args: argparse.Namespace) -> int:
    from bot.channels.replaying import UnknownReply, as_json, as_text, replay

    try:
        done = replay(args.id)
    except UnknownReply as error:
        raise Wrong(str(error)) from error
    print(json.dumps(as_json(done), ensure_ascii=False, indent=2) if args.json else as_text(done))
    return 0 if done.identical else 1


def _gaps(args: argparse.Namespace) -> None:
    from bot.store import gaps
    from bot.store.grouping import group

    if args.mark or args.delete:
        if not args.ids or (args.mark and args.delete):
            raise Wrong("name the gaps, and use either --set or --delete, for example: luohu gaps --set in_work 3 5 8")
        done = gaps.delete(args.ids) if args.delete else gaps.set_status(args.ids, args.mark)
        print(f"{done} of {len(args.ids)} gaps {'erased' if args.delete else 'are now ' + args.mark}")
        return
    if args.ids:
        raise Wrong("ids belong to --set or --delete")
    groups = group(gaps.list(None if args.status == "all" else args.status))
    if args.json:
        rows = [{"nearest": g.nearest, "gaps": [{"id": x.id, "message": x.message, "reason": x.reason} for x in g.gaps]} for g in groups]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for g in groups:
        print(f"{len(g.gaps):4}  {g.example.message}" + (f"    nearest: {g.nearest}" if g.nearest else ""))
        for x in g.gaps:
            print(f"        {x.id:>5}  {x.reason:8}  {x.message}")
    print(f"{sum(len(g.gaps) for g in groups)} gaps in {len(groups)} groups" if groups else "no gaps")


def _pack_new(args: argparse.Namespace) -> None:
    from bot.policy.cut import new_pack

    if not args.text.is_file():
        raise Wrong(f"{args.text}: no such file")
    try:
        print(f"written: {new_pack(args.text, args.id)}")
    except (ValueError, FileExistsError) as error:
        raise Wrong(str(error)) from error


def _pack_sheet(args: argparse.Namespace) -> None:
    from bot import paths
    from bot.policy.sheet import sheet_html, sheet_markdown

    packs = _world().packs
    if args.id not in packs.by_id:
        raise Wrong(f"there is no policy {args.id!r}; there are: {', '.join(packs.by_id)}")
    folder = args.out or paths.VAR / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, make in (("md", sheet_markdown), ("html", sheet_html)):
        file = folder / f"{args.id}.{suffix}"
        file.write_text(make(packs.by_id[args.id], packs.vocabulary), encoding="utf-8")
        print(f"written: {file}")


if __name__ == "__main__":
    sys.exit(main())
