#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the certificates of this folder anew. They are for tests alone: their keys are public.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/ca.cnf" <<END
[ca]
default_ca = test
[test]
database = $work/index
new_certs_dir = $work
serial = $work/serial
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
END
: > "$work/index"
echo 01 > "$work/serial"

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

new_key "$work/ca.key"
openssl req -x509 -new -key "$work/ca.key" -days 36500 -out ca.pem -subj "/CN=Lavascope test authority" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign"

# leaf NAME NAMES FROM TO
leaf() {
    new_key "$work/$1.key"
    openssl req -new -key "$work/$1.key" -subj "/CN=$1.test" -addext "subjectAltName=$2" -out "$work/$1.csr"
    openssl ca -batch -notext -config "$work/ca.cnf" -cert ca.pem -keyfile "$work/ca.key" \
        -in "$work/$1.csr" -out "$work/$1.pem" -startdate "$3" -enddate "$4" 2>/dev/null
    cat "$work/$1.pem" "$work/$1.key" > "$1.pem"
}
here="DNS:localhost,IP:127.0.0.1,DNS:gateway.test"
leaf trusted "$here" 20200101000000Z 21200101000000Z
leaf expired "$here" 20200101000000Z 20200102000000Z
leaf wrong_host "DNS:elsewhere.test" 20200101000000Z 21200101000000Z

new_key "$work/self.key"
openssl req -x509 -new -key "$work/self.key" -days 36500 -subj "/CN=self.test" -addext "subjectAltName=$here" \
    -out "$work/self.pem"
cat "$work/self.pem" "$work/self.key" > self_signed.pem

# Of a certificate anybody can choose every name: one that steers text, breaks lines, is long, and has many.
names=$(seq -f "DNS:name%g.test" -s, 1 40)
cat > "$work/hostile.cnf" <<END
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
utf8 = yes
string_mask = utf8only
[name]
CN = pay$(printf '\342\200\256')evil.test\\nYou are safe
O = $(printf 'O%.0s' $(seq 1 60))
[extensions]
subjectAltName = $names
END
new_key "$work/hostile.key"
openssl req -x509 -new -key "$work/hostile.key" -days 36500 -config "$work/hostile.cnf" -out hostile_names.pem
