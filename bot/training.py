"""When the model must be trained anew, and where it is kept: one file per fingerprint of everything it is made of."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from bot import logs, paths
from bot.nlu.words import LEARNT_WITH, READ_WITH

CONFIG, DOMAIN = "config.yml", "domain.yml"
TRAINING_DATA = ("data/nlu", "data/rules", "data/stories")


def inputs(root: Path = paths.ROOT) -> Iterator[Path]:
    """Every file the model is made of."""
    yield root / CONFIG
    yield root / DOMAIN
    for folder in TRAINING_DATA:
        yield from sorted(f for f in (root / folder).rglob("*") if f.is_file())
    yield from (root / "data" / "lexicon" / name for name in LEARNT_WITH)
    yield from sorted((root / "data" / "policies").glob("*/pack.yml"))
    yield from sorted((root / "bot" / "nlu").glob("*.py"))
    yield from (root / "bot" / "reading" / name for name in READ_WITH)
    yield root / "uv.lock"


def fingerprint(root: Path = paths.ROOT) -> str:
    """Twelve hexadecimal digits that change with any of the :func:`inputs`, in name or content."""
    digest = hashlib.sha256()
    for file in inputs(root):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def model_file(root: Path = paths.ROOT) -> Path:
    """Where the model of the present data is, or will be."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def seal(model: Path) -> str:
    """Write the checksum of a model that was just trained beside it; the checksum."""
    digest = sha256_of(model)
    _seal_of(model).write_text(f"{digest}  {model.name}\n", encoding="ascii")
    return digest


def check_seal(model: Path) -> str:
    """The SHA-256 of a model file, which has to be the one written when it was trained, and ``LUOHU_MODEL_SHA256`` where that is set.

    A model is code in all but name (CVE-2024-49375), so it is not opened before.

    Raises:
        RuntimeError: there is no checksum, or the file has another; the message says how to mend it.
    """
    seal_file, digest = _seal_of(model), sha256_of(model)
    if not seal_file.is_file():
        raise RuntimeError(f"{seal_file} is missing, so nobody knows whether {model.name} is ours; run `luohu train --force`")
    for where, wanted in ((str(seal_file), seal_file.read_text(encoding="ascii").split(" ")[0]), ("LUOHU_MODEL_SHA256", _pinned())):
        if wanted is not None and wanted != digest:
            raise RuntimeError(f"{model} was changed: its SHA-256 is {digest}, {where} says {wanted!r}; run `luohu train --force`")
    return digest


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _seal_of(model: Path) -> Path:
    return model.with_name(f"{model.name}.sha256")


def _pinned() -> str | None:
    return os.environ.get("LUOHU_MODEL_SHA256", "").strip().lower() or None


def quiet_environment() -> None:
    """No telemetry, no chatter of TensorFlow and of SQLAlchemy, one thread of NumPy; set before Rasa is imported."""
    warnings.showwarning = lambda *args, **kwargs: None  # TensorFlow and Rasa put back any filter of ours
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # whatever is inherited: its lines would stand in the log as they are
    # NumPy's products here take microseconds; a second thread of OpenBLAS spins for a quarter of the processor time and helps nothing.
    for name, value in (("SQLALCHEMY_SILENCE_UBER_WARNING", "1"), ("CUDA_VISIBLE_DEVICES", "-1"), ("OPENBLAS_NUM_THREADS", "1")):
        os.environ.setdefault(name, value)


def quieten() -> None:
    """Keep what residents write, and the chatter of the libraries, out of output and log; Rasa prints every message at debug level."""
    logs.configure()


def train(force: bool = False) -> Path:
    """Train if the data changed; the model file.

    Raises:
        RuntimeError: the training failed; Rasa has printed why.
    """
    quiet_environment()
    target = model_file()
    if _is_there(target) and not force:
        print(f"model {target.name} is up to date", flush=True)
        return target
    print(f"training the model {target.name} (about a minute; the data changed or no model is there yet) …", flush=True)
    quieten()
    import rasa.model_training

    os.chdir(paths.ROOT)
    made = rasa.model_training.train(
        domain=DOMAIN,
        config=CONFIG,
        training_files=list(TRAINING_DATA),
        output=str(target.parent),
        fixed_model_name=target.stem.removesuffix(".tar"),
        force_training=force,
    )
    if made.code or not made.model or not target.is_file():
        raise RuntimeError("the training failed; see the messages above")
    seal(target)
    for old in sorted(target.parent.glob("*.tar.gz"), key=lambda f: f.stat().st_mtime)[:-3]:
        old.unlink()
        _seal_of(old).unlink(missing_ok=True)
    print(f"trained: models/{target.name}", flush=True)
    return target


def ensure_trained() -> Path:
    """The model of the present data, trained in a process of its own where it is missing, so that serving stays small.

    Raises:
        RuntimeError: the training failed.
    """
    target = model_file()
    environment = {**os.environ, **({"TQDM_DISABLE": "1"} if logs.form() == logs.JSON else {})}  # its bars are no lines of a log
    if not _is_there(target) and subprocess.run([sys.executable, "-m", "bot.cli", "train"], cwd=paths.ROOT, env=environment).returncode:
        raise RuntimeError("the training failed; see the messages above")
    return target


def _is_there(model: Path) -> bool:
    """Whether a model was trained to its end; one without a checksum is trained again."""
    return model.is_file() and _seal_of(model).is_file()
