# A Samba domain controller: a real Active Directory schema, LDAP, Global Catalog and Kerberos.
# Sourced by serve.sh. Must run as root, for the ports below 1024.
#
# REALM      the domain (CORP.CONTOSO.LOCAL); NETBIOS its short name (CORP)
# EXCHANGE   1: with Exchange's attributes
# LDIF       a file to load first, @BASE@ standing for the domain's DN
# WEAK       1: simple binds without TLS are taken
# Login: Administrator@REALM with Passw0rd!123, and a ticket for the same.

start() {
  need samba samba-tool ldbadd ldbmodify kinit openssl
  [ "$(id -u)" = 0 ] || cannot "a domain controller needs root, for its ports below 1024"
  local realm=${REALM:-CORP.CONTOSO.LOCAL} netbios=${NETBIOS:-CORP} host=dc1 domain base address
  domain=$(printf %s "$realm" | tr '[:upper:]' '[:lower:]')
  base=DC=${domain//./,DC=}
  # Its ports cannot be chosen, its address can. 127.0.0.1 cannot: libldap puts the machine's own
  # name in its place when it asks for a ticket.
  address=127.$((64 + RANDOM % 64)).$((RANDOM % 256)).$((1 + RANDOM % 250))
  provision "$realm" "$netbios" $host "$address"
  certificates "$work/tls" "$host.$domain" "$address"
  write_samba_configuration "$realm" "$netbios" $host "$address" > "$work/etc/smb.conf"
  write_kerberos_configuration "$realm" "$domain" "$address" > "$work/krb5.conf"
  prepare_database "$base" "$host" "$domain" "$address"
  setsid samba -i -M single -s "$work/etc/smb.conf" --debug-stdout < /dev/null > "$work/samba.log" 2>&1 &
  local server=$!
  track $server
  for port in 88 389 636 3268 3269; do wait_for_port "$address" $port $server "$work/samba.log"; done
  export KRB5_CONFIG=$work/krb5.conf KRB5CCNAME=FILE:$work/tickets
  echo 'Passw0rd!123' | kinit "Administrator@$realm" > "$work/kinit.log" 2>&1 ||
    cannot "kinit: $(tail -1 "$work/kinit.log")"
  echo "ADDRESS=$address"
  echo "HOST=$host.$domain"
  echo "TLS=$work/tls"
  echo "BASE=$base"
  echo "LOGIN=Administrator@$realm"
  echo "KRB5_CONFIG=$KRB5_CONFIG"
  echo "KRB5CCNAME=$KRB5CCNAME"
}

# Creates the forest. The empty settings file keeps the machine's own out.
provision() {
  : > "$work/empty.conf"
  samba-tool domain provision -s "$work/empty.conf" --targetdir="$work" --realm="$1" --domain="$2" \
    --server-role=dc --dns-backend=NONE --host-name="$3" --host-ip="$4" \
    --adminpass='Passw0rd!123' --option="interfaces=$4/8" \
    --option="bind interfaces only=yes" > "$work/provision.log" 2>&1 ||
    cannot "samba-tool domain provision: $(tail -1 "$work/provision.log")"
  mkdir -p "$work/run"
}

# LDAP and Kerberos alone, on one address.
write_samba_configuration() {
  cat <<C
[global]
  realm = $1
  workgroup = $2
  netbios name = $(printf %s "$3" | tr '[:lower:]' '[:upper:]')
  server role = active directory domain controller
  server services = ldap, cldap, kdc
  dcerpc endpoint servers = epmapper
  interfaces = $4/8
  bind interfaces only = yes
  disable netbios = yes
  private dir = $work/private
  state directory = $work/state
  cache directory = $work/cache
  lock directory = $work
  pid directory = $work
  ncalrpc dir = $work/run/ncalrpc
  winbindd socket directory = $work/run/winbindd
  ntp signd socket directory = $work/run/ntp
  binddns dir = $work/bind-dns
  log file = $work/log.%m
  ldap server require strong auth = $([ "${WEAK:-0}" = 1 ] && echo no || echo yes)
  tls enabled = yes
  tls cafile = $work/tls/ca.pem
  tls certfile = $work/tls/server.pem
  tls keyfile = $work/tls/server.key
  dns update command = /bin/true
  spn update command = /bin/true
C
}

write_kerberos_configuration() {
  cat <<C
[libdefaults]
  default_realm = $1
  dns_lookup_realm = false
  dns_lookup_kdc = false
  rdns = false
  dns_canonicalize_hostname = false
[realms]
  $1 = {
    kdc = $3
  }
[domain_realm]
  .$2 = $1
  $2 = $1
  $3 = $1
C
}

# Writes what the tests need into the database while the server is down.
prepare_database() {
  local base=$1 database=$work/private/sam.ldb settings=--configfile=$work/etc/smb.conf file
  # A job that is switched off here would give the server its Kerberos names. The one with the
  # address spares clients a name service.
  ldbmodify $settings -H "$database" > "$work/names.log" 2>&1 <<C || cannot "the Kerberos names"
dn: CN=$(printf %s "$2" | tr '[:lower:]' '[:upper:]'),OU=Domain Controllers,$base
changetype: modify
add: servicePrincipalName
servicePrincipalName: ldap/$2.$3
servicePrincipalName: ldap/$4
C
  if [ "${EXCHANGE:-0}" = 1 ]; then
    for file in exchange-attributes exchange-classes; do
      sed "s/@BASE@/$base/" "$here/schema/$file.ldif.in" |
        ldbmodify $settings --option="dsdb:schema update allowed=true" -H "$database" \
          > "$work/$file.log" 2>&1 || cannot "$file: $(tail -1 "$work/$file.log")"
    done
  fi
  [ -n "${LDIF:-}" ] || return 0
  # In portions: one large transaction takes time with the square of its size.
  mkdir "$work/portions"
  sed "s/@BASE@/$base/" "$LDIF" | awk -v RS= -v ORS='\n\n' -v to="$work/portions" \
    '{ print > sprintf("%s/%06d.ldif", to, (NR - 1) / 1000) }'
  for file in "$work"/portions/*; do
    ldbadd $settings --nosync -o batch_mode:1 -o transaction_index_cache_size:200000 \
      -H "$database" "$file" > "$work/load.log" 2>&1 ||
      cannot "ldbadd: $(grep -m1 -i err "$work/load.log" || tail -1 "$work/load.log")"
  done
}
