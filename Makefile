# Needs Python 3.11 or later, pip and make; everything else is installed into .venv from the lock,
# what `make quick` needs into .venv-quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RECORD ?=
STAMP := $(VENV)/.from-lock
# Where the core is checked: in .venv if that is set up.
QUICK := $(if $(wildcard $(STAMP)),$(VENV),.venv-quick)

.PHONY: run serve quick test bench bench-archive bench-web crash scale fuzz lint audit format lock clean
.PHONY: specimens docs messages screenshots

# The main job: read a record, print what it holds, keep the results under out/.
run: $(STAMP)
	@$(BIN)/python tools/run.py "$(RECORD)"

# The archive in the browser, on this machine: http://127.0.0.1:8000/ (another: make serve PORT=8001).
PORT ?= 8000
serve: $(STAMP)
	@$(BIN)/mahdar serve --port $(PORT)

# The core alone (tools/rooms.py): format, style, types, tests. Under two minutes on two cores.
quick: $(QUICK)/.from-lock
	$(QUICK)/bin/ruff format --check .
	$(QUICK)/bin/ruff check .
	$(QUICK)/bin/mypy --config-file tools/quick-mypy.ini --cache-dir .mypy_cache/quick
	$(QUICK)/bin/python -m pytest -q --core -m "not slow" -n auto --dist worksteal

# One more than there are cores: tests of servers and browsers wait much.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

# Everything that CI checks.
test: $(STAMP) lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/make_reference.py --check
	$(BIN)/python tools/readme_output.py --check
	$(BIN)/python tools/make_messages.py --check

# Ask whether a package that is used has a known weakness.
audit: $(STAMP)
	@$(BIN)/python tools/audit.py

# Measure: accuracy, time, memory. About nine minutes.
bench: $(STAMP)
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/bench_pages.py
	$(BIN)/python benchmarks/bench_languages.py
	$(BIN)/python benchmarks/bench_names.py

# An archive of 6,500 meetings and 66 million words: load, search, study. About two hours.
bench-archive: $(STAMP)
	$(BIN)/python benchmarks/bench_archive.py

# The site over that archive: 50 readers for ten minutes, then the highest rate. About 14 minutes.
bench-web: $(STAMP)
	$(BIN)/python benchmarks/bench_web.py

# Kill, fill the disk, cut the power, fifty times each. About fifteen minutes.
crash: $(STAMP)
	MAHDAR_CRASHES=50 $(BIN)/python -m pytest -q -s tests/test_crashes.py

# Scramble and restore many hundreds of times. About fifteen minutes.
scale: $(STAMP)
	$(BIN)/python benchmarks/bench.py --trials 400 --only scrambles

# Read rubbish many thousands of times, as text, as PDFs, as Word files; and count how reading grows
# with the size of baits (needs Valgrind). About an hour.
fuzz: $(STAMP)
	MAHDAR_FUZZ=40 $(BIN)/python -m pytest -q -n auto tests/test_hostile_input.py
	MAHDAR_FUZZ=10 $(BIN)/python -m pytest -q -n auto tests/test_round_trip.py
	MAHDAR_FUZZ=20 $(BIN)/python -m pytest -q -n auto tests/test_symbols.py
	MAHDAR_FUZZ=20 $(BIN)/python -m pytest -q -s tests/test_query_language.py
	MAHDAR_FUZZ=40 $(BIN)/python -m pytest -q tests/test_site_openapi.py
	$(BIN)/python tools/fuzz_files.py --minutes 15
	$(BIN)/python tools/fuzz_patterns.py
	$(BIN)/python tools/fuzz_growth.py

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The invented meetings: the scrambled one anew, the one in six languages in every form (out/specimens).
specimens: $(STAMP)
	$(BIN)/python tools/make_specimen.py
	$(BIN)/python tools/render_specimens.py

docs: $(STAMP)
	$(BIN)/python tools/make_reference.py
	$(BIN)/python tools/readme_output.py
	$(BIN)/python tools/draw_rooms.py --svg docs/pictures/rooms.svg

# Collect the words of the site for its translators, and compile what they wrote.
messages: $(STAMP)
	$(BIN)/python tools/make_messages.py

# The pictures of the site in docs/pictures (needs Chromium).
screenshots: $(STAMP)
	$(BIN)/python tools/make_screenshots.py

# Write the locks anew from pyproject.toml; both have the same versions.
COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
lock: $(STAMP)
	$(COMPILE) --extra dev -o requirements.lock pyproject.toml
	$(COMPILE) --extra quick --constraint requirements.lock -o requirements-quick.lock pyproject.toml

$(VENV)/.from-lock: requirements.lock pyproject.toml
.venv-quick/.from-lock: requirements-quick.lock pyproject.toml
%/.from-lock:
	@test -x $*/bin/python || $(PYTHON) -m venv $*
	@$*/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mahdar needs Python 3.11 or later; try: make PYTHON=python3.11"; exit 2; }
	@echo "Setting up $* from $< ..."
	@$*/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@$*/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) .venv-quick out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
