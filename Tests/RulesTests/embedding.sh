#!/bin/sh
# Proves that a rule or pack that is added, changed or removed under rules/ is in the next build
# without an edit anywhere, and that malformed YAML fails the build with its place. Works in a copy
# of the package; takes about a minute. Usage: Tests/RulesTests/embedding.sh
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
sample=$root/Tests/RulesTests/Fixtures/rules/entra-id
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -R "$root/Package.swift" "$root/Plugins" "$root/Sources" "$root/Tests" "$root/Benchmarks" "$root/Fuzz" "$copy"
mkdir "$copy/rules"
cd "$copy"

build() { swift build --target BuiltinRules >"$copy/log" 2>&1; }

# unpacked FILE: a line for each file of a pack in the generated source FILE: "pack" "file" content.
unpacked() {
  python3 - "$1" <<'END'
import base64, re, sys, zlib
text = re.search(r'embeddedPacks: StaticString = "(.*)"', open(sys.argv[1]).read()).group(1)
rest = zlib.decompress(base64.b64decode(text))
while rest:
    head, rest = rest.split(b"\n", 1)
    pack, file, count = head.decode().split("/")
    print(f'"{pack}" "{file}"', rest[: int(count)].decode().replace("\n", " "))
    rest = rest[int(count) :]
END
}

# expect WHAT TEXT: builds, then looks for TEXT in what was generated; "no TEXT" for its absence.
expect() {
  build || { cat "$copy/log"; echo "FAILED: $1: no build"; exit 1; }
  generated=$(find .build/plugins/ -name EmbeddedRules.swift)
  unpacked "$generated" >"$copy/files"
  case $2 in
    "no "*) ! grep -q "${2#no }" "$copy/files" ;;
    *) grep -q "$2" "$copy/files" ;;
  esac || { echo "FAILED: $1"; exit 1; }
  echo "ok: $1"
}

expect "an empty folder builds" "no .yaml"
cp -R "$sample" rules/
expect "a pack that is added" "upn-suffix-not-routable.yaml"
cp rules/entra-id/upn-suffix-not-routable.yaml rules/entra-id/second.yaml
expect "a rule that is added" '"second.yaml"'
# In place: the folder does not change, only the file.
sed 's/TopLevelDomain/DomainPart/' rules/entra-id/upn-suffix-not-routable.yaml \
  >rules/entra-id/second.yaml
expect "a rule that is changed" '"second.yaml".*DomainPart'
mkdir rules/other
cp rules/entra-id/pack.yaml rules/other/
expect "a second pack" '"other"'
cp rules/entra-id/second.yaml rules/other/third.yaml
expect "a rule in it" '"third.yaml"'
rm rules/entra-id/second.yaml
expect "a rule that is removed" 'no "second.yaml"'
printf 'id: [\n' >rules/other/third.yaml
if build; then echo "FAILED: malformed YAML was built"; exit 1; fi
grep -q 'rules/other/third.yaml:2:1: error: not YAML' "$copy/log" || { cat "$copy/log"; exit 1; }
echo "ok: malformed YAML fails the build with its place"
rm -r rules/other
expect "a pack that is removed" 'no "other"'
