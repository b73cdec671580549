# make run    start the bot (installs and trains what is missing)      make chat   talk in the terminal
# make test   everything that proves the project                       make bench  figures beside a stock Rasa bot
# make bench-load   crowds of residents at one to three servers, beside a stock Rasa bot
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run
.PHONY: run chat train check test bench bench-load lint unit core suites clean

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export CUDA_VISIBLE_DEVICES := -1

run: .venv/.ready
	@$(BIN)/luohu serve

chat: .venv/.ready
	@$(BIN)/luohu chat

train: .venv/.ready
	@$(BIN)/luohu train

check: .venv/.ready
	@$(BIN)/luohu check

# -- environment: uv is taken from PATH, or installed beside the project by any Python 3 with venv --------------------
.uv/bin/uv:
	@echo "installing uv into .uv …"
	@$(PYTHON) -m venv .uv || { echo "Python 3 with venv is needed: apt-get install python3-venv"; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv

.venv/.ready: pyproject.toml uv.lock $(if $(findstring .uv,$(UV)),.uv/bin/uv)
	@echo "installing the environment (about 3 GB; once) …"
	@$(UV) sync --locked
	@touch $@

# -- proof ------------------------------------------------------------------------------------------------------------
test: lint check unit core suites
	@echo "all tests passed"

# The suites with the model start TensorFlow; everything else runs without it, in parallel.
WITHOUT_MODEL := tests/unit tests/property tests/exhaustive tests/evaluation tests/desk tests/deploy
WITH_MODEL := tests/channels tests/conversation tests/rest tests/docs tests/watch tests/wechat tests/web tests/browser tests/security tests/fuzz tests/scale tests/rolling

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/.ready train
	$(BIN)/python -m pytest $(wildcard $(WITHOUT_MODEL)) -q -n 2 -W ignore

core: .venv/.ready train
	$(BIN)/rasa data validate --data data/nlu data/rules data/stories --fail-on-warnings
	$(BIN)/rasa test core --stories tests/stories --model models/$$($(BIN)/python -c 'from bot.training import model_file; print(model_file().name)') \
	  --out var/rasa-test --fail-on-prediction-errors

suites: .venv/.ready train
	$(BIN)/python -m pytest $(wildcard $(WITH_MODEL)) -q -W ignore

bench: .venv/.ready train
	$(BIN)/python -m tests.benchmarks

bench-load: .venv/.ready train
	$(BIN)/python -m tests.benchmarks.load_many

clean:
	rm -rf models var .rasa
