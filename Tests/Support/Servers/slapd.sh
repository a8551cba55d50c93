# OpenLDAP's slapd with Active Directory's attributes. Sourced by serve.sh.
#
# BASE       the suffix (dc=contoso,dc=local)
# LDIF       a file to load first
# LOOSE      1: the file's objects may have any known attribute, whatever their classes say
# DISGUISE   1: the root DSE claims to be Active Directory's
# KERBEROS   1: a KDC of its own beside it, and a ticket for the user "reader"
# Logins: cn=admin,BASE with "secret"; whatever LDIF holds with a userPassword. Entries that are not
# the admin's get 1,000 entries without paging and pages of 1,000, like Active Directory's default.

start() {
  need slapd openssl
  local base=${BASE:-dc=contoso,dc=local} address=127.0.0.1 sasl_host socket
  local port tls_port
  port=$(free_port $address)
  tls_port=$(free_port $address)
  socket=$(printf %s "$work/ldapi" | sed 's,/,%2F,g')
  mkdir "$work/db"
  certificates "$work/tls" localhost $address
  # Clients ask Kerberos for the service of the name that they were given.
  sasl_host=localhost
  if [ "${KERBEROS:-0}" = 1 ]; then
    source "$here/kdc.sh"
    start_kdc $address localhost
  fi
  write_configuration "$base" "$sasl_host" > "$work/slapd.conf"
  if [ -n "${LDIF:-}" ]; then
    slapadd -q ${LOOSE:+-s} -f "$work/slapd.conf" -b "$base" -l "$LDIF" > "$work/load.log" 2>&1 ||
      cannot "slapadd: $(tail -1 "$work/load.log")"
  fi
  # 127.0.0.2 is an address that the certificate does not name.
  setsid slapd -d 0 -f "$work/slapd.conf" \
    -h "ldap://$address:$port/ ldaps://$address:$tls_port/ ldaps://127.0.0.2:$tls_port/ ldapi://$socket" \
    > "$work/slapd.log" 2>&1 < /dev/null &
  track $!
  wait_for_port $address "$port" $! "$work/slapd.log"
  echo "PORT=$port"
  echo "TLS_PORT=$tls_port"
  echo "LDAPI=ldapi://$socket"
  echo "TLS=$work/tls"
  echo "BASE=$base"
}

write_configuration() {
  cat <<C
include $here/schema/active-directory.schema
include $here/schema/sample.schema
modulepath /usr/lib/ldap
moduleload back_mdb.la
pidfile $work/slapd.pid
argsfile $work/slapd.args
TLSCACertificateFile $work/tls/ca.pem
TLSCertificateFile $work/tls/server.pem
TLSCertificateKeyFile $work/tls/server.key
TLSVerifyClient try
sizelimit size=1000 size.pr=1000 size.prtotal=unlimited
sasl-host $2
authz-regexp uid=([^,/]*)(,cn=[^,]*)?,cn=gssapi,cn=auth cn=\$1,$1
authz-regexp gidNumber=.*,cn=peercred,cn=external,cn=auth cn=admin,$1
authz-regexp cn=reader cn=reader,$1
C
  if [ "${DISGUISE:-0}" = 1 ]; then
    write_disguise "$1" > "$work/rootdse.ldif"
    echo "rootDSE $work/rootdse.ldif"
  fi
  cat <<C
database mdb
suffix "$1"
rootdn "cn=admin,$1"
rootpw secret
directory $work/db
maxsize 4294967296
dbnosync
index objectClass,objectGUID eq
index userPrincipalName,sAMAccountName,proxyAddresses,mail,mailNickname eq
limits dn.exact="cn=limited,$1" size=10 size.pr=10 size.prtotal=25
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="cn=admin,$1" write by users read by * none
C
}

write_disguise() {
  cat <<L
dn:
objectClass: top
objectClass: extensibleObject
defaultNamingContext: $1
rootDomainNamingContext: $1
configurationNamingContext: CN=Configuration,$1
schemaNamingContext: CN=Schema,CN=Configuration,$1
dnsHostName: localhost
supportedCapabilities: 1.2.840.113556.1.4.800
supportedCapabilities: 1.2.840.113556.1.4.1670
isGlobalCatalogReady: TRUE
L
}
