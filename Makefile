# keras_gans: `make demo` trains a GAN, `make test` tests everything; each makes the environment that it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
RUN    := $(VENV)/bin

.PHONY: help demo test test-slow test-backends lint clean

help:            ## This list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */: /' | column -t -s ':'

demo: $(VENV)/.installed   ## Trains a DCGAN on handwritten digits; the pictures are in runs/demo.
	$(RUN)/keras-gans demo --out runs/demo

test: $(VENV)/.tested      ## Lint and the default tests.
	$(RUN)/ruff check . && $(RUN)/ruff format --check .
	$(RUN)/python -m pytest -n 2 --dist loadfile

test-slow: $(VENV)/.tested ## The tests that take minutes.
	$(RUN)/python -m pytest -m slow

test-backends: $(VENV)/.tested .venv-jax/.tested .venv-torch/.tested  ## All games on JAX and PyTorch against TensorFlow.
	$(RUN)/python tests/backends/one_step.py $(VENV)/reference.npz
	KERAS_BACKEND=jax KERAS_GANS_REFERENCE=$(VENV)/reference.npz .venv-jax/bin/python -m pytest tests/backends
	KERAS_BACKEND=torch KERAS_GANS_REFERENCE=$(VENV)/reference.npz .venv-torch/bin/python -m pytest tests/backends
	KERAS_BACKEND=torch .venv-torch/bin/python -m pytest tests/contracts/test_games.py tests/contracts/test_tricks.py
	KERAS_BACKEND=jax .venv-jax/bin/python -m pytest $(FORMULAS)
	KERAS_BACKEND=torch .venv-torch/bin/python -m pytest $(FORMULAS)

lint: $(VENV)/.tested      ## Lint and format.
	$(RUN)/ruff check --fix . && $(RUN)/ruff format .

clean:                     ## Removes the environments and what the demo made.
	rm -rf .venv .venv-jax .venv-torch runs build dist *.egg-info

$(VENV)/.installed: setup.cfg pyproject.toml
	test -x $(RUN)/python || $(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --upgrade pip
	$(RUN)/python -m pip install --quiet -e '.[serve]'
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(RUN)/python -m pip install --quiet -e '.[test,serve]'
	touch $@

FORMULAS := tests/objectives tests/penalties tests/constraints \
	tests/contracts/test_objectives.py tests/contracts/test_penalties.py

# Environments without TensorFlow: they show that nothing there needs it.
BARE := keras numpy scikit-learn matplotlib pillow typer rich pytest hypothesis

.venv-jax/.tested .venv-torch/.tested: .venv-%/.tested: setup.cfg
	test -x .venv-$*/bin/python || $(PYTHON) -m venv .venv-$*
	.venv-$*/bin/python -m pip install --quiet --upgrade pip
	.venv-$*/bin/python -m pip install --quiet $(FRAMEWORK_$*) $(BARE)
	.venv-$*/bin/python -m pip install --quiet --no-deps -e .
	touch $@

FRAMEWORK_jax   := jax
FRAMEWORK_torch := torch==2.13.0
