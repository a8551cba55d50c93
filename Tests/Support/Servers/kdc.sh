# A Kerberos KDC (MIT) with the user "reader" and the LDAP service of one host. Sourced by slapd.sh.

# Starts it on address $1 for a service on host $2 and prints where the user's ticket is.
start_kdc() {
  need krb5kdc kdb5_util kadmin.local kinit
  local realm=TEST.REALM port folder=$work/kdc
  port=$(free_port "$1")
  mkdir "$folder"
  cat > "$folder/krb5.conf" <<C
[libdefaults]
  default_realm = $realm
  dns_lookup_realm = false
  dns_lookup_kdc = false
  rdns = false
  dns_canonicalize_hostname = false
[realms]
  $realm = {
    kdc = $1:$port
  }
[domain_realm]
  $1 = $realm
  $2 = $realm
  $(hostname) = $realm
C
  cat > "$folder/kdc.conf" <<C
[kdcdefaults]
  kdc_listen = $1:$port
  kdc_tcp_listen = $1:$port
[realms]
  $realm = {
    database_name = $folder/principal
    key_stash_file = $folder/stash
    max_life = 1h
  }
[logging]
  kdc = FILE:$folder/kdc.log
C
  export KRB5_CONFIG=$folder/krb5.conf KRB5_KDC_PROFILE=$folder/kdc.conf
  export KRB5_KTNAME=$folder/ldap.keytab KRB5CCNAME=FILE:$folder/tickets
  kdb5_util create -s -r $realm -P master > "$folder/create.log" 2>&1 ||
    cannot "kdb5_util: $(tail -1 "$folder/create.log")"
  {
    kadmin.local -r $realm -q "addprinc -pw userpw reader"
    kadmin.local -r $realm -q "addprinc -randkey ldap/$2"
    kadmin.local -r $realm -q "ktadd -k $folder/ldap.keytab ldap/$2"
  } >> "$folder/create.log" 2>&1
  setsid krb5kdc -n > "$folder/kdc.out" 2>&1 < /dev/null &
  track $!
  wait_for_port "$1" "$port" $! "$folder/kdc.out"
  echo userpw | kinit reader > "$folder/kinit.log" 2>&1 ||
    cannot "kinit: $(tail -1 "$folder/kinit.log")"
  echo "KRB5_CONFIG=$KRB5_CONFIG"
  echo "KRB5CCNAME=$KRB5CCNAME"
}
