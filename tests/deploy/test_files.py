"""Every file under ``deploy/`` is taken by the checker of its kind, and says the same as the code and the other files."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.channels.guard import MAX_BODY
from bot.channels.stopping import FINISH_WITHIN
from bot.training import model_file
from tests.deploy.tools import DEPLOY, checker, debian, run

UNIT = DEPLOY / "systemd" / "luohu@.service"


def documents(text: str) -> list[Any]:
    return [d for d in YAML(typ="safe", pure=True).load_all(text) if d]


def unit(section: str = "Service") -> dict[str, list[str]]:
    """The settings of a section of the unit."""
    part = re.split(r"^\[(\w+)\]$", UNIT.read_text(), flags=re.MULTILINE)
    body = part[part.index(section) + 1]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", body, re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_yaml() -> None:
    done = checker("yamllint", "--strict", "-c", DEPLOY / ".yamllint", DEPLOY)
    assert done.returncode == 0, done.stdout


# -- systemd ------------------------------------------------------------------------------------------------------------


def test_units_are_taken_by_systemd(tmp_path: Path) -> None:
    """With the program where it is here; a unit whose program is missing is refused."""
    for file in (DEPLOY / "systemd").glob("luohu[@.]*"):
        text = file.read_text().replace("/opt/luohu/.venv/bin/luohu", str(paths.ROOT / ".venv" / "bin" / "luohu"))
        (tmp_path / file.name).write_text(text)
    for name in ("luohu@5005.service", "luohu.target"):
        done = run([debian("systemd-analyze"), "verify", "--man=no", tmp_path / name])
        assert (done.returncode, done.stdout) == (0, "")


def test_a_server_may_do_little() -> None:
    done = run([debian("systemd-analyze"), "security", "--offline=true", "--threshold=20", UNIT])
    assert done.returncode == 0, done.stdout[-300:]


def test_systemd_waits_as_long_as_a_server_may_take_to_end() -> None:
    assert int(unit()["TimeoutStopSec"][0]) > FINISH_WITHIN + 10
    assert unit()["RestartPreventExitStatus"] == ["2"]


def test_a_start_has_ended_when_nginx_has_taken_the_server_up_again() -> None:
    """Otherwise an update ends the next server while this one counts as dead, and there is none."""
    for file in (DEPLOY / "nginx" / "luohu" / "servers.conf", DEPLOY / "compose" / "servers.conf"):
        (left_out,) = set(re.findall(r"fail_timeout=(\d+)s", file.read_text()))
        asked, paused = unit()["ExecStartPost"]
        assert "/readyz" in asked
        assert float(paused.split()[1]) >= int(left_out) + 2
    assert manifest("Deployment")["spec"]["minReadySeconds"] >= 3


def test_the_settings_file_of_the_unit_names_settings_that_are_read() -> None:
    names = re.findall(r"^(\w+)=", (DEPLOY / "systemd" / "luohu.env.example").read_text(), re.MULTILINE)
    assert names == ["LUOHU_SECRET", "DATABASE_URL", "REDIS_URL", "LUOHU_PUBLIC_URL"]


# -- the image ----------------------------------------------------------------------------------------------------------


def test_the_dockerfile_is_taken_by_hadolint() -> None:
    done = checker("hadolint", "--no-color", DEPLOY / "Dockerfile")
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_image_is_built_of_is_sent_to_the_builder_and_nothing_else() -> None:
    kept = [line[1:] for line in (paths.ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert all((paths.ROOT / name).exists() for name in kept)
    needed = {"pyproject.toml", "uv.lock", "README.md", "config.yml", "domain.yml", "bot", "actions", "data", "deploy/compose/with-secrets"}
    assert needed <= set(kept)
    assert not {".git", "var", "models", "tests"} & set(kept)


def test_what_the_image_is_built_of_is_enough_for_its_model(tmp_path: Path) -> None:
    """The commands of the build, on the files that the builder is sent; the training itself is left out."""
    for name in (line[1:] for line in (paths.ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (paths.ROOT / name).is_dir() else shutil.copy
        copy(paths.ROOT / name, tmp_path / name)
    checked = run([sys.executable, "-m", "bot.cli", "check"], cwd=tmp_path)
    assert (checked.returncode, checked.stdout) == (0, "vocabulary and packs: no problem found\n")
    named = run([sys.executable, "-c", "from bot.training import model_file; print(model_file())"], cwd=tmp_path)
    assert named.stdout.strip() == str(tmp_path / "models" / model_file().name)


def test_the_versions_in_the_image_are_those_of_the_project() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    wanted = (paths.ROOT / ".python-version").read_text().strip()
    assert re.findall(r"^FROM python:(\d+\.\d+)", dockerfile, re.MULTILINE) == [wanted, wanted]
    assert re.search(r"\buv==\d+\.\d+\.\d+\b", dockerfile)


def test_secrets_reach_the_command_and_nothing_else_does(tmp_path: Path) -> None:
    made = run([DEPLOY / "compose" / "make-secrets", tmp_path / "secrets"])
    assert made.returncode == 0, made.stdout
    first = {f.name: f.read_text() for f in (tmp_path / "secrets").iterdir()}
    run([DEPLOY / "compose" / "make-secrets", tmp_path / "secrets"])
    assert {f.name: f.read_text() for f in (tmp_path / "secrets").iterdir()} == first
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0o011
    printed = run([DEPLOY / "compose" / "with-secrets", sys.executable, "-c", "import os, json; print(json.dumps(dict(os.environ)))"],
                  env={"SECRETS": str(tmp_path / "secrets"), "PATH": os.environ["PATH"]})  # fmt: skip
    environment = json.loads(printed.stdout)
    assert {name: environment[name] for name in ("LUOHU_SECRET", "DATABASE_URL", "REDIS_URL")} == {
        name: first[name] for name in ("LUOHU_SECRET", "DATABASE_URL", "REDIS_URL")
    }
    assert "postgres_password" not in environment
    assert first["postgres_password"] in first["DATABASE_URL"]
    assert first["redis_password"] in first["REDIS_URL"]


def test_the_scripts_are_shell() -> None:
    for file in ("make-secrets", "with-secrets"):
        assert subprocess.run(["sh", "-n", DEPLOY / "compose" / file], check=False).returncode == 0


# -- compose ------------------------------------------------------------------------------------------------------------


def test_the_compose_file_is_taken_by_its_schema_and_linter() -> None:
    for done in (
        checker("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose" / "compose.yaml"),
        checker("compose-lint", DEPLOY / "compose" / "compose.yaml"),
    ):
        assert done.returncode == 0, done.stdout


def test_the_compose_file_names_files_and_servers_that_are_there() -> None:
    (compose,) = documents((DEPLOY / "compose" / "compose.yaml").read_text())
    servers = {n: s for n, s in compose["services"].items() if n.startswith("luohu-")}
    listed = re.findall(r"^server ([\d.]+):5005", (DEPLOY / "compose" / "servers.conf").read_text(), re.MULTILINE)
    assert [s["networks"]["front"]["ipv4_address"] for s in servers.values()] == listed
    sources = {v.split(":")[0] for v in compose["services"]["nginx"]["volumes"]}
    assert {s for s in sources if not (DEPLOY / "compose" / s).exists()} == {"./tls/tls.crt", "./tls/tls.key"}
    included = set(re.findall(r"luohu/([\w.]+);", (DEPLOY / "nginx" / "luohu.conf").read_text()))
    assert {Path(s).name for s in sources} == included | {"luohu.conf"}
    assert all(s["read_only"] and int(s["stop_grace_period"][:-1]) > FINISH_WITHIN + 10 for s in servers.values())


# -- kubernetes ---------------------------------------------------------------------------------------------------------


def manifests() -> list[Any]:
    """What `kubectl apply -k deploy/kubernetes` applies, without the parts kustomize fills in, and the template of the Secret."""
    return [d for f in sorted((DEPLOY / "kubernetes").glob("*.yaml")) if f.name != "kustomization.yaml" for d in documents(f.read_text())]


def manifest(kind: str) -> Any:
    (found,) = [d for d in manifests() if d["kind"] == kind]
    return found


def test_manifests_are_taken_by_the_schema_of_kubernetes(tmp_path: Path) -> None:
    files = [f for f in sorted((DEPLOY / "kubernetes").glob("*.yaml")) if f.name != "kustomization.yaml"]
    done = checker("kubernetes-validate", "--strict", "-k", "1.32", *files)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("passed") == len(manifests())


def test_kustomize_puts_them_together() -> None:
    """Every manifest is listed but the template of the Secret; where there is a kubectl, it builds them."""
    (listed,) = documents((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())
    files = {f.name for f in (DEPLOY / "kubernetes").glob("*.yaml")}
    assert files - set(listed["resources"]) == {"kustomization.yaml", "secret.example.yaml"}
    if Path("/usr/bin/kubectl").exists():
        built = run(["/usr/bin/kubectl", "kustomize", DEPLOY / "kubernetes"])
        assert built.returncode == 0, built.stdout
        assert {d["metadata"].get("namespace", d["metadata"]["name"]) for d in documents(built.stdout)} == {"luohu"}


def test_an_update_loses_no_server_and_gives_each_time_to_finish() -> None:
    spec = manifest("Deployment")["spec"]
    pod = spec["template"]["spec"]
    (server,) = pod["containers"]
    assert spec["replicas"] >= 2
    assert spec["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
    (before,) = re.findall(r"\d+", " ".join(server["lifecycle"]["preStop"]["exec"]["command"]))
    assert pod["terminationGracePeriodSeconds"] > int(before) + FINISH_WITHIN + 10
    assert [server[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")] == [
        "/healthz",
        "/healthz",
        "/readyz",
    ]
    assert manifest("PodDisruptionBudget")["spec"]["maxUnavailable"] == 1


def test_every_object_speaks_of_the_same_pods_and_port() -> None:
    labels = manifest("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert manifest("Service")["spec"]["selector"] == labels
    for kind, where in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        assert manifest(kind)["spec"][where]["matchLabels"] == labels
    port = manifest("Deployment")["spec"]["template"]["spec"]["containers"][0]["ports"][0]
    assert manifest("Service")["spec"]["ports"][0]["targetPort"] == port["name"]
    assert manifest("NetworkPolicy")["spec"]["ingress"][0]["ports"][0]["port"] == port["containerPort"]


def test_only_what_residents_wechat_and_staff_use_is_reachable() -> None:
    found = {p["path"] for d in manifests() if d["kind"] == "Ingress" for r in d["spec"]["rules"] for p in r["http"]["paths"]}
    assert found == {"/chat", "/chat/message", "/webhooks/rest/webhook", "/webhooks/wechat/webhook", "/api/v1", "/desk"}


# -- the numbers that several files share -------------------------------------------------------------------------------


def test_a_proxy_takes_bodies_as_long_as_the_bot_does() -> None:
    assert MAX_BODY == 64 * 1024
    assert "client_max_body_size 64k;" in (DEPLOY / "nginx" / "luohu.conf").read_text()
    sizes = [d["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"] for d in manifests() if d["kind"] == "Ingress"]
    assert set(sizes) == {"64k"}
