# A person's doors. The only place that knows about .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifneq ($(wildcard ../shared/sources),)
export SAMVERKANSGRAF_SOURCES := $(abspath ../shared/sources)
endif

.PHONY: run test system lint soak bench docs bilder audit reference clean

run: $(VENV)/installed
	$(BIN)/samverkansgraf build
	$(BIN)/samverkansgraf validate
	$(BIN)/samverkansgraf report reporting --collection Västerbotten --without-evidence
	$(BIN)/samverkansgraf report membership --collection Västerbotten --without-evidence
	$(BIN)/samverkansgraf report gaps --collection Västerbotten --without-evidence
	$(BIN)/samverkansgraf map

test: lint system
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# What tests need of the system: installed where that is allowed; where it is not, the tests that need it skip and say so.
system:
	@$(PYTHON) scripts/install_system.py fish chromium chromium-driver virtuoso-opensource

lint: $(VENV)/developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pip-licenses > /dev/null
	$(BIN)/samverkansgraf build --check

# The long forms of what `make test` tries shortly.
soak: $(VENV)/developer
	SAMVERKANSGRAF_SOAK=200 $(BIN)/python -m pytest tests/test_crash.py
	SAMVERKANSGRAF_SOAK=200 $(BIN)/python -m pytest tests/test_fuzzing.py
	$(BIN)/python -m benchmarks.soak
	$(BIN)/python -m benchmarks.engines

# `make bench LARGE=1` also fills and asks every engine at growing sizes, up to ten million quads: hours, and 16 GB.
bench: $(VENV)/developer
	@$(PYTHON) scripts/install_system.py default-jre-headless libapache-jena-java
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks
ifdef LARGE
	$(BIN)/python -m benchmarks.sizes
	$(BIN)/python -m benchmarks.sizes --large
endif

docs: $(VENV)/developer
	$(BIN)/python scripts/make_questions.py
	$(BIN)/python scripts/make_glossary.py
	$(BIN)/python scripts/make_handbook.py
	$(BIN)/samverkansgraf schema
	$(BIN)/python scripts/make_readme.py

bilder: $(VENV)/developer
	$(BIN)/python scripts/make_pictures.py

audit: $(VENV)/developer
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit

reference: $(VENV)/developer
	$(BIN)/python -m pip install --quiet --group reference
	$(BIN)/python scripts/make_reference.py

$(VENV)/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/developer: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev
	$(BIN)/python -m pip install --quiet --only-binary :all: --group fuzz || echo "Not fuzzed: no atheris for this Python."
	touch $@

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache
