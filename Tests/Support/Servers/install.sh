#!/bin/bash
# install.sh [all]: installs, on Debian and Ubuntu, the libraries and servers that the tests use.
#
# Does nothing where everything is there. "all" adds 389 Directory Server, which most runs leave out.
# Needs root, or sudo without a password.
set -euo pipefail

packages=(
  libldap2-dev pkg-config openssl
  slapd ldap-utils libsasl2-modules libsasl2-modules-gssapi-mit
  krb5-kdc krb5-admin-server krb5-user
  samba samba-ad-dc samba-ad-provision samba-dsdb-modules samba-vfs-modules winbind ldb-tools
  python3-samba
  libreoffice-calc # opens and saves decisions files
)
[ "${1:-}" = all ] && packages+=(389-ds-base)

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} = 0 ]; then
  echo "The test servers are installed."
  exit 0
fi

command -v apt-get >/dev/null || {
  echo "install.sh: only apt-get is known here; install what corresponds to: ${missing[*]}" >&2
  exit 1
}
as_root=()
if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null || {
    echo "install.sh: needs root, or sudo without a password, to install: ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi

# Packages start their daemons on every address unless this file says no. It stays only while
# installing, and only where the machine has none of its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap '"${as_root[@]}" rm -f $policy' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
  "${as_root[@]}" chmod 755 $policy
fi

run_apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq -o DPkg::Lock::Timeout=600 "$@" \
    </dev/null
}
run_apt update
run_apt install --no-install-recommends "${missing[@]}"
