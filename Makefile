# Every target sees to the set-up itself; `make help` lists them.
python := .venv/bin/python
offscreen := QT_QPA_PLATFORM=offscreen
cores := -n auto --maxprocesses 4 --dist worksteal
patients ?= 758912

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup: ## .venv with the locked dependencies, and Qt's system libraries
	@tools/setup.sh

demo: setup ## a fictional hospital of 758,912 patients, analyzed, exported to out/, opened in the window
	@$(python) main.py demo --patients $(patients) --out out

run: setup ## the window
	@$(python) main.py

test: setup ## the whole test suite, headless
	@$(offscreen) $(python) -m pytest $(cores)

check: setup ## lint, types, import contracts, tests
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m pyright
	@.venv/bin/lint-imports
	@tools/hygiene.sh
	@$(offscreen) $(python) -m pytest $(cores)

format: setup ## code formatted as the checks want it
	@$(python) -m ruff check --fix . ; $(python) -m ruff format .

fuzz: setup ## 2,000 damaged inputs of every format (half an hour on two cores)
	@$(python) -m tests.fuzz $(or $(inputs),2000) $(or $(seed),1)

kills: setup ## 100 kills of a writer of each of eight formats: the old file or the new one, never half of one
	@$(python) -m tests.kills $(or $(kills),100)

sudden: setup ## 100 kills of a window in the middle of decisions: what is lost of them
	@$(offscreen) $(python) -m tests.sudden $(or $(kills),100)

operations: setup ## 50,000 things a person may do to the window, drawn by chance (an hour on two cores)
	@$(python) -m tests.operations $(or $(operations),50000) $(or $(seed),1)

bench: setup ## the figures of bench/results.md, measured again
	@$(python) -m pip install -q --require-hashes -r requirements/bench.lock
	@$(python) -m bench

peers: setup ## other tools on the same tables and files (minutes; several gigabytes of their own dependencies)
	@$(python) -m pip install -q --require-hashes -r requirements/bench.lock
	@$(python) -m bench.classification.against
	@$(python) -m bench.linkage.yardsticks

fit: setup ## the weights of the classification, fitted again on generated and public tables (FOLD=0 to 4: leaves a fifth of the sources out and scores it)
	@$(python) -m pip install -q --require-hashes -r requirements/bench.lock
	@$(python) -m tools.fit $(if $(FOLD),--fold $(FOLD))

screens: setup ## one PNG of every page and dialog, fr and en, light and dark, into out/screens
	@$(offscreen) $(python) -m tools.screens out/screens

tables: setup ## docs/tables.md and docs/options.md, drawn from what the code declares
	@$(python) -m tools.tables
	@$(python) -m tools.options

messages: setup ## the French catalog brought up to date with the sources
	@$(python) -m tools.messages

reference: setup ## resources/reference built again from the registry packages
	@$(python) -m tools.reference

.PHONY: help setup demo run test check format fuzz kills sudden operations fit bench peers screens tables messages reference
.DEFAULT_GOAL := help
