#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The main job on real input: a fresh store, keys in software and in the secure element, files sealed, authenticated and signed by
# another process, policies that refuse, tampering that is found. Ends with exit status 0 when everything was as expected.
#
# usage: demo.sh      (environment: BUILD, the build directory)
set -eu
cd "$(dirname "$0")/.."
build=$(cd "${BUILD:-build}" && pwd)
psa=$build/psa
work=$(mktemp -d "${TMPDIR:-/tmp}/psacrypto-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
cp README.md "$work"
cat "$build/libpsacrypto.a" "$build/libpsacrypto.a" >"$work/libraries"
cd "$work"
PSACRYPTO_STORE=$work/store
export PSACRYPTO_STORE

say()
{
    printf '\n== %s\n' "$*"
}

# Shows a command, and runs it. What it writes may go into a pipe.
exec 3>&1
run()
{
    echo "\$ psa $*" >&3
    "$psa" "$@"
}

give_up()
{
    echo "not as expected: $*" >&2
    exit 1
}

# refused STATUS WORDS ARGUMENT...: the command must end with this status and say these words.
refused()
{
    status=$1 words=$2
    shift 2
    echo "\$ psa $*"
    code=0
    "$psa" "$@" >out 2>err || code=$?
    sed 's/^/  /' err
    [ "$code" -eq "$status" ] || give_up "exit status $code, not $status"
    grep -qF -- "$words" err || give_up "it does not say: $words"
}

same()
{
    cmp -- "$1" "$2" || give_up "$1 and $2 differ"
    echo "  $(wc -c <"$1") bytes, the same"
}

have_openssl=no
command -v openssl >/dev/null && have_openssl=yes

say 'The library, and a store in a new directory'
run info --self-test >info
sed '/^$/,$d' info

say 'Keys that stay: three in software, three in the secure element'
run generate --id 1 --type aes-256 --alg gcm
run generate --id 2 --type p-256 --alg 'ecdsa(sha-256)'
run generate --id 3 --type chacha20-256 --alg chacha20-poly1305
run generate --id 11 --type aes-128 --alg ccm --location secure-element
run generate --id 12 --type p-256 --alg 'deterministic-ecdsa(sha-256)' --location secure-element
printf 'Jefe' | run import --id 13 --type hmac --alg hmac-sha-256 --location secure-element

say 'Another process finds them'
run list >list
cat list
[ "$(grep -c persistent list)" -eq 6 ] || give_up 'there should be six keys'
[ "$(grep -c secure-element list)" -eq 3 ] || give_up 'there should be three keys in the secure element'

say 'Files sealed and opened: this README, and twice the library'
for key in 1 3 11; do
    for file in README.md libraries; do
        rm -f sealed opened
        run encrypt --key $key --output sealed "$file"
        run decrypt --key $key --output opened sealed
        same "$file" opened
    done
done
echo '$ psa encrypt --key 1 <libraries | psa decrypt --key 1 >piped'
"$psa" encrypt --key 1 <libraries | "$psa" decrypt --key 1 >piped
same libraries piped

say 'Hashes and MACs'
run hash README.md libraries >hashes
cat hashes
sha256sum --check --quiet hashes || give_up 'sha256sum computes other hashes'
echo '  sha256sum agrees'
run mac --key 13 README.md >mac
cat mac
digits=$(cut -d ' ' -f 1 mac)
run mac --key 13 --check "$digits" README.md
if [ $have_openssl = yes ]; then
    [ "$(openssl dgst -sha256 -hmac Jefe -r README.md | cut -d ' ' -f 1)" = "$digits" ] || give_up 'OpenSSL computes another HMAC'
    echo '  OpenSSL agrees'
fi

say 'Signatures'
for key in 2 12; do
    rm -f signature public.pem
    run sign --key $key --format der --output signature libraries
    run verify --key $key --format der --signature signature libraries
    run export --key $key --public --output public.pem
    run verify --public-key public.pem --format der --signature signature libraries
    if [ $have_openssl = yes ]; then
        openssl dgst -sha256 -verify public.pem -signature signature libraries >out || give_up 'OpenSSL does not verify it'
        echo '  OpenSSL agrees'
    fi
    refused 4 'it does not verify' verify --key $key --format der --signature signature README.md
done

say 'A key does what its policy says'
refused 3 'the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for' encrypt --key 1 --alg ccm --output never README.md
refused 3 'PSA_KEY_USAGE_EXPORT was asked for' export --key 12 --output never
refused 3 'PSA_KEY_USAGE_ENCRYPT was asked for' encrypt --key 2 --alg gcm --output never README.md
refused 2 'there is no key 99' sign --key 99 --output never README.md
refused 8 'there is a key 1 already' generate --id 1 --type aes-128 --alg gcm
[ ! -e never ] || give_up 'a refused command left a file'

say 'What was changed is found, and nothing is written'
rm -f sealed opened
run encrypt --key 1 --output sealed libraries
size=$(wc -c <sealed)
cp sealed changed
printf '\377' | dd of=changed bs=1 seek=$((size / 2)) conv=notrunc 2>out
cmp -s sealed changed && printf '\000' | dd of=changed bs=1 seek=$((size / 2)) conv=notrunc 2>out
refused 4 'is not what was sealed' decrypt --key 1 --output opened changed
head -c $((80 + 3 * (65536 + 16))) sealed >changed
refused 4 'the file is cut off' decrypt --key 1 --output opened changed
head -c $((size - 1)) sealed >changed
refused 4 'is not what was sealed' decrypt --key 1 --output opened changed
refused 4 'sealed with another key' decrypt --key 3 --output opened sealed
[ ! -e opened ] || give_up 'something unverified was written'

say 'The end of a key'
run destroy 1 2 3 11 12 13
refused 2 'there is no key 1' decrypt --key 1 --output opened sealed
run list >list
! grep persistent list || give_up 'a key is still there'

printf '\nEverything was as expected.\n'
