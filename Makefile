# Every target installs what it lacks; see CONTRIBUTING.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
TARGET := $(or $(CARGO_TARGET_DIR),target)
export CARGO_TERM_COLOR ?= never

.PHONY: help setup build profile demo demo-php test check check-deep bench bench-quick bench-setup fuzz install-php wheel clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .make/setup ## install what a bare machine lacks: apt, pip into .venv, cargo

.make/setup: scripts/setup tests/requirements.txt
	@scripts/setup
	@mkdir -p .make && touch $@

build: setup ## release builds: Python package, PHP extension, NGNPro server
	@scripts/build $(TARGET)

profile: setup ## the same, after a new profile of how the code is used
	@scripts/build $(TARGET) again

demo: build ## the tour: what operators do, from Python, against the embedded server
	@$(PY) scripts/demo.py $(TARGET)/release/ngnpro-server python

demo-php: build ## the same tour from PHP, and a library that PEAR generates
	@$(PY) scripts/demo.py $(TARGET)/release/ngnpro-server php $(TARGET)/release/libwsdlproxy_php.so

test: build ## everything
	@$(PY) scripts/test.py

check: setup ## formatting, lints, file sizes, floors
	cargo fmt --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	@scripts/lint-php
	cargo test --quiet -p wsdlproxy-tests --test floors --test sizes

check-deep: build ## valgrind over the PHP extension and the core's unsafe code, two minutes
	@$(PY) scripts/check_deep.py $(TARGET)/release/ngnpro-server $(TARGET)/release/libwsdlproxy_php.so

bench: bench-setup ## compare with other clients and write benches/README.md, ten minutes
	@$(PY) benches/peers/run.py
	@$(PY) benches/bulk.py --write

bench-quick: bench-setup ## the same with fewer runs; only prints
	@$(PY) benches/peers/run.py --quick

bench-setup: setup
	@scripts/build $(TARGET) fresh
	@[ -e /usr/include/stdsoap2.h ] || echo "gSOAP is left out: apt-get install gsoap libgsoap-dev"
	@cmp -s benches/requirements.txt .venv/benches.txt || { \
	  $(PY) -m pip install --quiet --disable-pip-version-check -r benches/requirements.txt && \
	  cp benches/requirements.txt .venv/benches.txt; }
	cargo build --quiet --release -p wsdlproxy --examples

fuzz: setup ## mutate WSDLs and answers for a minute each
	cargo test --release -p wsdlproxy-tests --test fuzz -- --ignored --nocapture

install-php: build ## install the PHP extension and the PEAR files on this machine
	@scripts/install-php $(TARGET)/release/libwsdlproxy_php.so

wheel: build ## a wheel for CPython 3.9 and later
	@scripts/build $(TARGET) wheel

clean: ## remove what the targets made
	cargo clean
	rm -rf .venv .make python/wsdlproxy/*.so
