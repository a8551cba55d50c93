# 389 Directory Server. Sourced by serve.sh. Must run as root; the server itself runs as dirsrv.
# Takes about 20 seconds.
#
# LDIF  a file to load first; its suffix must be dc=contoso,dc=local
# Login: cn=Directory Manager with "Directory1Manager".

start() {
  need dscreate ns-slapd openssl
  [ "$(id -u)" = 0 ] || cannot "389 Directory Server is set up as root"
  local address=127.0.0.1 port tls_port instance=$work/etc/dirsrv/slapd-test pid_file
  port=$(free_port $address)
  tls_port=$(free_port $address)
  pid_file=$work/run/slapd-test.pid
  mkdir -p "$work"/{share/dirsrv/inf,etc/default,run,lock,log,db,tmp}
  cp -a /etc/dirsrv "$work/etc/dirsrv"
  cp -a /usr/share/dirsrv/data "$work/share/dirsrv/"
  write_defaults > "$work/share/dirsrv/inf/defaults.inf"
  # It would listen on every address, and refuse objects of Active Directory's shape.
  sed -i "s/^nsslapd-port:.*/&\nnsslapd-listenhost: $address\nnsslapd-securelistenhost: $address\nnsslapd-schemacheck: off/" \
    "$work/share/dirsrv/data/template-dse.ldif"
  write_instance "$port" "$tls_port" > "$work/instance.inf"
  chmod 755 "$work"
  chown -R dirsrv:dirsrv "$work"
  # Where lib389 looks for its own settings, and with them for everything else.
  export PREFIX=$work
  dscreate -v from-file "$work/instance.inf" > "$work/create.log" 2>&1 ||
    cannot "dscreate: $(tail -1 "$work/create.log")"
  stop_instance "$pid_file"
  cp "$here/schema/active-directory.389.ldif" "$instance/schema/98active-directory.ldif"
  if [ -n "${LDIF:-}" ]; then
    cp "$LDIF" "$work/tmp/in.ldif"
    chown -R dirsrv:dirsrv "$work"
    ns-slapd ldif2db -D "$instance" -n userroot -i "$work/tmp/in.ldif" > "$work/load.log" 2>&1 ||
      cannot "ldif2db: $(tail -1 "$work/load.log")"
  fi
  chown -R dirsrv:dirsrv "$work"
  ns-slapd -D "$instance" -i "$pid_file" > "$work/start.log" 2>&1
  for _ in $(seq 100); do [ -s "$pid_file" ] && break; sleep 0.1; done
  track "$(cat "$pid_file")"
  wait_for_port $address "$port" "$(cat "$pid_file")" "$work/start.log"
  echo "PORT=$port"
  echo "TLS_PORT=$tls_port"
  echo "BASE=dc=contoso,dc=local"
}

stop_instance() {
  local process
  process=$(cat "$1")
  kill "$process"
  while kill -0 "$process" 2>/dev/null; do sleep 0.1; done
  rm -f "$1"
}

# The package's own settings with every folder moved and systemd, which is not there, left out.
# (`systemd = False` in the instance's file counts in containers alone.)
write_defaults() {
  sed -e 's,^with_systemd = .*,with_systemd = 0,' \
    -e "s,^sysconf_dir = .*,sysconf_dir = $work/etc," \
    -e "s,^initconfig_dir = .*,initconfig_dir = $work/etc/default," \
    -e "s,= /etc/dirsrv/slapd,= $work/etc/dirsrv/slapd," -e "s,= /run/dirsrv,= $work/run," \
    -e "s,^ldapi = .*,ldapi = $work/run/ldapi," -e "s,= /run/lock/dirsrv,= $work/lock," \
    -e "s,= /var/log/dirsrv,= $work/log," -e "s,= /var/lib/dirsrv,= $work/db," \
    -e "s,^db_home_dir = .*,db_home_dir = $work/db/slapd-{instance_name}/db," \
    -e "s,^tmp_dir = .*,tmp_dir = $work/tmp," -e "s,^data_dir = .*,data_dir = $work/share," \
    -e "s,^local_state_dir = .*,local_state_dir = $work/var," \
    -e "s,^inst_dir = .*,inst_dir = $work/inst/slapd-{instance_name}," \
    -e "s,^tmpfiles_d = .*,tmpfiles_d = $work/tmp," /usr/share/dirsrv/inf/defaults.inf
}

write_instance() {
  cat <<C
[general]
config_version = 2
full_machine_name = localhost
strict_host_checking = False
start = True
selinux = False
[slapd]
instance_name = test
port = $1
secure_port = $2
root_dn = cn=Directory Manager
root_password = Directory1Manager
self_sign_cert = True
[backend-userroot]
suffix = dc=contoso,dc=local
create_suffix_entry = True
sample_entries = no
C
}
