# Everything starts here; each target sets up what it needs (see .ci/setup).
.PHONY: help demo test lint crash bench bench-table bench-growth bench-folder clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    open the window on a small sample log"
	@echo "make test    run every test"
	@echo "make lint    check style, types and architecture"
	@echo "make crash   kill, starve and cut the power of the writer, for some minutes; CRASH_KILLS=1000"
	@echo "make bench   measure speed and memory; BENCH_EVENTS=1000000 BENCH_JSON=out.json SECTIONS=window"
	@echo "make bench-table   the README's table of that, from BENCH_JSON"
	@echo "make bench-folder   size and speed of a history folder; FOLDER_EVENTS=1000000"
	@echo "make bench-growth   draw how opening and jumping grow with the log"
	@echo "make clean   remove everything that was made here, .venv included"

demo:
	@.ci/setup
	@.ci/demo

test:
	@.ci/setup tests
	.venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

lint:
	@.ci/setup tools
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m mypy explorer
	.venv/bin/lint-imports

CRASH_KILLS ?= 1000

crash:
	@.ci/setup tests
	.venv/bin/python tests/crash/run.py --kills $(CRASH_KILLS)

BENCH_EVENTS ?= 10000000

bench:
	@.ci/setup tests
	.venv/bin/python tests/benchmarks/run.py --events $(BENCH_EVENTS) --json "$(BENCH_JSON)" $(SECTIONS)

bench-table:
	@.venv/bin/python tests/benchmarks/table.py $(BENCH_JSON)

bench-growth:
	@.ci/setup tests
	.venv/bin/python tests/benchmarks/growth.py resources/pictures/growth.svg

FOLDER_EVENTS ?= 1000000

bench-folder:
	@.ci/setup tests
	.venv/bin/python tests/benchmarks/folder.py --events $(FOLDER_EVENTS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist demo.png journeys-failed
	find explorer tests -name __pycache__ -type d -prune -exec rm -rf {} +
