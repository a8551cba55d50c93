# The Makefile's part about speed. docs/performance.md explains it.

BENCH_BUILD = $(SWIFT) build -c release --static-swift-stdlib 
BENCH_BIN := .build/release
# Where the figures go besides the screen.
BENCH_JSON ?= .build/bench.json

.PHONY: bench bench-shapes bench-micro bench-guard bench-guard-renew bench-data bench-packages

bench: build bench-data ## Time the program and others on made-up data; BENCH_OBJECTS=1000000.
	$(BENCH_BUILD) --product bench-micro
	@python3 scripts/bench/bench.py --ldaplint $(PROGRAM) --generator $(BENCH_BIN)/bench-data \
	  --micro $(BENCH_BIN)/bench-micro --json $(BENCH_JSON)
	@python3 scripts/bench/shapes.py --ldaplint $(PROGRAM)

bench-shapes: build ## Fail when twice the input takes more than 2.3 times as long.
	@python3 scripts/bench/shapes.py --ldaplint $(PROGRAM)

bench-packages: # valgrind, where it is not there.
	@scripts/install-packages guard

bench-data: # The generator alone.
	@$(BENCH_BUILD) --product bench-data

bench-micro: bench-data ## Time the reader, the checks, the index and the expressions.
	$(BENCH_BUILD) --product bench-micro
	@data=$$(mktemp); trap 'rm -f "$$data"' EXIT; \
	$(BENCH_BIN)/bench-data --objects 200000 >"$$data"; \
	$(BENCH_BIN)/bench-micro "$$data" rules/entra-id

bench-guard: bench-packages build bench-data ## Fail when the program needs more instructions than it did.
	@python3 scripts/bench/guard.py --ldaplint $(PROGRAM) --generator $(BENCH_BIN)/bench-data

bench-guard-renew: bench-packages build bench-data ## Take what the program needs now as the new limit.
	@python3 scripts/bench/guard.py --renew --ldaplint $(PROGRAM) \
	  --generator $(BENCH_BIN)/bench-data
