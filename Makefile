# Every target makes what it needs; `make help` lists them.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := .venv/bin
READY := .venv/.ready
SIDE_BY_SIDE := --numprocesses auto --maxprocesses 4 --dist loadfile

.PHONY: help serve test check test-long evals bench sample pictures clean chromium
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | column -t -s '|'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m ingest export --everywhere
	touch $(READY)

serve: $(READY) ## the reading room on 127.0.0.1:7860, on the sample library where yours is empty (HOST=, PORT=)
	$(BIN)/python -m ingest add --if-empty corpus/sample/reports
	$(BIN)/python -m assistant serve --host $(HOST) --port $(PORT)

test: $(READY) chromium ## the whole suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not long"

check: $(READY) ## lint, types and fast tests, in under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest $(SIDE_BY_SIDE) -m "not model and not browser and not long"

test-long: $(READY) chromium ## kills, load and large inputs, up to 45 minutes
	$(BIN)/pytest -m long

evals: $(READY) ## ask our question sets of the sample library, write the report, close the gate
	$(BIN)/python -m ingest add --home out/sample corpus/sample/reports
	$(BIN)/python -m evals run evals/questions --home out/sample --out out/run --replace
	$(BIN)/python -m evals gate out/run

bench: $(READY) ## time adding the sample reports beside the tutorial pipeline, stage by stage
	$(BIN)/python -m evals bench

sample: $(READY) ## build the sample reports' PDFs from their sources
	$(BIN)/python -m corpus.sample.build

pictures: $(READY) chromium ## the README's pictures of the reading room, taken anew from the sample library
	$(BIN)/python -m ingest add --home out/sample corpus/sample/reports
	$(BIN)/python -m tests.room_pictures out/sample .github

clean: ## remove the environment and caches; your library stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info build

chromium:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	  else echo "The browser tests need Chromium: apt-get install chromium"; fi; }
