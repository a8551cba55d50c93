# Shared by the scripts in this folder: free ports, waiting, certificates. Sourced, not run.

# Says why a server cannot be had, in a form that the tests recognise, and stops.
cannot() {
  echo "CANNOT $*"
  exit 3
}

# Stops unless every named program is there.
need() {
  local program
  for program in "$@"; do
    command -v "$program" >/dev/null || cannot "$program is missing; run Tests/Support/Servers/install.sh"
  done
}

# Prints a TCP port of address $1 that nobody listens on, below those that systems give to clients:
# a connection of somebody else's test would hold the port just as well.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((10000 + RANDOM % 22000))
    if ! (exec 3<>"/dev/tcp/$1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  cannot "no free port on $1"
}

# Waits until address $1 answers on port $2; process $3 must stay alive meanwhile, else its log $4
# is shown.
wait_for_port() {
  for _ in $(seq 200); do
    if ! kill -0 "$3" 2>/dev/null; then
      tail -5 "$4" >&2 || true
      cannot "the server ended at once: $(tail -1 "$4")"
    fi
    if (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; then return; fi
    sleep 0.05
  done
  cannot "the server does not answer on $1:$2"
}

# Makes a certificate authority and a server certificate for host name $2 and the addresses that
# follow, in folder $1; besides, a client certificate and an authority that signed nothing.
certificates() {
  local folder=$1 name=$2 names address
  shift 2
  # libldap takes the machine's own name for "localhost" before it looks at the certificate.
  names="DNS:$name,DNS:localhost,DNS:$(hostname)"
  for address in "$@"; do names="$names,IP:$address"; done
  mkdir -p "$folder"
  authority "$folder/ca" "Test authority"
  authority "$folder/other-ca" "Other authority"
  signed "$folder" server "/CN=$name" "subjectAltName=$names" serverAuth
  signed "$folder" client "/CN=reader" "subjectAltName=DNS:reader" clientAuth
}

new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

authority() {
  openssl req -x509 "${new_key[@]}" -days 30 -subj "/CN=$2" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$1.key" -out "$1.pem" 2>/dev/null
}

signed() {
  openssl req "${new_key[@]}" -subj "$3" -keyout "$1/$2.key" -out "$1/$2.csr" 2>/dev/null
  openssl x509 -req -in "$1/$2.csr" -CA "$1/ca.pem" -CAkey "$1/ca.key" -CAcreateserial -days 30 \
    -out "$1/$2.pem" -extfile <(printf '%s\n' "$4" basicConstraints=CA:FALSE \
      keyUsage=digitalSignature "extendedKeyUsage=$5") 2>/dev/null
  chmod 600 "$1/$2.key"
}
