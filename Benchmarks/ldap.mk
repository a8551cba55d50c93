# The Makefile's part about the speed of live directories. docs/performance.md explains it.

.PHONY: bench-ldap

bench-ldap: build bench-data ## Time a check of a live directory (slapd) against ldapsearch.
	@Tests/Support/Servers/install.sh
	@python3 scripts/bench/ldap.py --ldaplint $(PROGRAM) --generator $(BENCH_BIN)/bench-data
