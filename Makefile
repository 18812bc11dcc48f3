# Two commands for everybody: `make audit` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
URL ?=
ARGS ?=

.PHONY: help setup audit test lint types contracts unit bench accuracy accuracy-sites accuracy-documents fit soak docs schema lock clean

help: ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /'

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; found " + sys.version.split()[0] + ". Set PYTHON=…")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -y -q python3-venv; \
	  else echo 'The venv module is missing. Run: sudo apt-get install python3-venv'; exit 1; fi; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@for program in chromium tesseract; do command -v $$program >/dev/null && continue; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -y -q chromium tesseract-ocr tesseract-ocr-ind fonts-liberation; \
	  else echo "$$program is missing, which the tests need. Run: sudo apt-get install chromium tesseract-ocr tesseract-ocr-ind fonts-liberation"; fi; done
	@touch $@

setup: $(VENV)/.ready ## set up .venv from the locked, hashed dependencies

audit: setup ## audit the bundled sample village on 127.0.0.1, or URL=https://… (ARGS='--criteria situs')
	@if [ -n "$(URL)" ]; then $(BIN)/compliance check "$(URL)" $(ARGS); else $(BIN)/compliance demo $(ARGS); fi

test: setup lint types contracts unit ## lint, types, import contract, tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports --no-cache
	$(BIN)/compliance criteria validate

unit: setup
	$(BIN)/python -m pytest -m 'not soak'

bench: setup ## pages per CPU second against Scrapy, and start-up against a bare Typer program
	$(BIN)/python tests/bench/bench.py

accuracy: setup ## how well disclosures are recognised on labelled pages, beside two simpler matchers and the last baseline
	$(BIN)/compliance accuracy tests/data/pages/plain-*.jsonl --exclude tests/data/pages/doubtful-1.tsv --baseline tests/data/pages/baseline.json $(ARGS)
	$(BIN)/compliance accuracy tests/data/pages/hard-*.jsonl --exclude tests/data/pages/doubtful-2.tsv --exclude tests/data/pages/doubtful-3.tsv --errors none $(ARGS)

accuracy-sites: setup ## 200 generated village sites and their mutations against their truth (ARGS='--sites 20')
	$(BIN)/python -m tests.villages.accuracy $(ARGS)

fit: setup ## fit the weights of signs again, on the tuned half of the labelled pages
	$(BIN)/python -m tests.accuracy.fit
	$(BIN)/compliance criteria validate

accuracy-documents: setup ## how well documents are read: kept ones and new ones (needs Chromium and LibreOffice)
	@command -v soffice >/dev/null && command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -q && apt-get install -y -q chromium libreoffice-writer-nogui libreoffice-calc-nogui tesseract-ocr tesseract-ocr-ind fonts-liberation fonts-dejavu; \
	  else echo 'Chromium and LibreOffice are needed. Run: sudo apt-get install chromium libreoffice-writer-nogui libreoffice-calc-nogui tesseract-ocr tesseract-ocr-ind'; exit 1; fi; }
	$(BIN)/python -m tests.documents.accuracy

soak: setup ## long trials, not in CI
	$(BIN)/python -m pytest -m soak

docs: setup ## write the criteria catalogue again
	$(BIN)/python -m compliance.cli.docs

schema: setup ## write the JSON Schemas again
	$(BIN)/compliance criteria schema --write criteria/schema

lock: setup ## resolve the dependencies again
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -q -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header -q -o requirements.lock

clean: ## remove .venv and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache dist build
