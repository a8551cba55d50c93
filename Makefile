# The commands that people use. `make help` lists them.

# bash, for pipefail: a filter behind a command must not hide that the command failed.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

# The Swift libraries are linked in, so that the program runs where no Swift is installed.
RELEASE := -c release --static-swift-stdlib --product ldaplint
PROGRAM := .build/release/ldaplint

# What swift-format looks at.
SOURCES := Package.swift Plugins Sources Tests Benchmarks/Sources Fuzz

# Where `make test` keeps everything that the tests printed.
TEST_LOG := .build/test.log

.DEFAULT_GOAL := help
# Where packages go.
PACKAGES := .build/packages

.PHONY: help demo fuzz test test-all build install format lint packages clean
.PHONY: check-binary deb tarball test-deb docs docs-check judge judge-renew

help: ## List these commands.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1:\2/p' $(MAKEFILE_LIST) | column -t -s: 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1  \2/p' $(MAKEFILE_LIST)

demo: packages build ## Install what is missing, build, and check samples/contoso.ldif.
	@# Status 1 says that there are findings, which is what the sample is for.
	@status=0; $(PROGRAM) check samples/contoso.ldif || status=$$?; \
	echo; echo "Exit status $$status: 0 nothing to report, 1 findings, 2 not everything could be seen."; \
	test $$status -le 1

test: packages ## Install what tests need and run every test.
	@# The directory servers that some tests start. Installed ones are not installed again.
	@if test -x Tests/Support/Servers/install.sh; then Tests/Support/Servers/install.sh; fi
	@Tests/Support/PowerShell/install.sh
	@mkdir -p .build
	@# Thousands of lines say that a test started or passed. The log keeps them; shown are the
	@# failures and the end. --disable-xctest: every test is a Swift Testing test, and the other
	@# runner would close with "Executed 0 tests".
	@$(STRICT) $(SWIFT) test --disable-xctest 2>&1 | tee $(TEST_LOG) \
	  | sed -u -E -e '/Test run with /b' -e '/ (Test|Suite) .* (started|passed after .*)\.$$/d' \
	    -e '/ Test run started\.$$/d' \
	  || { echo "The tests failed; all of their output is in $(TEST_LOG)."; exit 1; }

test-all: ## Run the tests of 389 Directory Server as well, and kill apply and undo 200 times.
	@Tests/Support/Servers/install.sh all
	@LDAPLINT_TEST_389=1 LDAPLINT_TEST_KILLS=200 $(MAKE) test

fuzz: packages ## Feed every reader with made-up bytes, FUZZ_SECONDS=60 each; see Fuzz/README.md.
	@Fuzz/run $(FUZZ_TARGETS)

judge: build ## Fail when packs find anything else in a made-up forest and the samples than they did.
	@python3 scripts/judge/judge.py --ldaplint $(PROGRAM)

judge-renew: build ## Take what they find now as what is expected.
	@python3 scripts/judge/judge.py --renew --ldaplint $(PROGRAM)

docs: build ## Write docs/rules, a page a rule, from what the program says.
	@scripts/rule-pages $(PROGRAM)

docs-check: build ## Fail when docs/rules is not what the program says.
	@scripts/rule-pages --check $(PROGRAM)

build: ## Build the program for release.
	$(SWIFT) build $(RELEASE)

install: build ## Install program, manual and completions to PREFIX (/usr/local), under DESTDIR.
	@scripts/package/stage $(PROGRAM) "$(DESTDIR)$(PREFIX)"

check-binary: packages build ## Check what the release build is linked with, and its size.
	@scripts/check-binary $(PROGRAM)

deb: packages build ## Make a package for Debian of what was built here, in .build/packages.
	@scripts/install-packages deb
	@scripts/package/deb $(PROGRAM) $(PACKAGES)

tarball: packages build ## Make an archive with the same files for other distributions.
	@scripts/install-packages tarball
	@scripts/package/tarball $(PROGRAM) $(PACKAGES)

test-deb: deb ## Install that package in a minimal Debian 12, use it there and remove it.
	@scripts/install-packages test-deb
	@scripts/package/test-deb "$$(ls -t $(PACKAGES)/ldaplint_*.deb | head -n 1)"

format: ## Format every source file.
	$(SWIFT) format -i -r -p $(SOURCES)

# Package.swift turns the warnings of our own targets into errors when it sees this. Both `lint`
# and `test` set it, so that one build serves them.
STRICT := LDAPLINT_WARNINGS=error

lint: packages ## Check formatting, and that everything builds without a warning.
	$(SWIFT) format lint --strict -r -p $(SOURCES)
	$(STRICT) $(SWIFT) build --build-tests

packages: # Does nothing, and needs no network, when everything is there.
	@scripts/install-packages

clean: ## Remove what was built.
	rm -rf .build

include Benchmarks/bench.mk
include Benchmarks/ldap.mk
