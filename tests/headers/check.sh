#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The public headers on their own: each one first in a file, in C and in C++, with every warning; the list of
# psacrypto/prefix.h complete; the two test programs' C++ twin. Prints what fails, exits 0 when nothing does.
#
# usage: tests/headers/check.sh [COMPILER...]    default: gcc and clang, those that there are
set -u
cd "$(dirname "$0")/../.." || exit 2
[ $# -gt 0 ] || set -- gcc clang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
warnings='-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef -Wcast-align -Wcast-qual -Werror'
status=0

fail() {
    echo "$*"
    status=1
}

# The headers, but those that say that they are never included alone.
headers=$(grep -L 'never this file' include/psa/*.h include/psacrypto/*.h)

# compile COMPILER LANGUAGE STANDARD FLAG... <source
compile() {
    compiler=$1 language=$2 standard=$3
    shift 3
    # shellcheck disable=SC2086
    "$compiler" -x "$language" -std="$standard" $warnings "$@" -Iinclude -fsyntax-only - 2>"$work/errors" ||
        { cat "$work/errors"; return 1; }
}

for compiler; do
    command -v "$compiler" >"$work/path" || continue
    for header in $headers; do
        name=${header#include/}
        printf '#include <%s>\n#include <%s>\nextern int x;\nint x;\n' "$name" "$name" >"$work/alone.c"
        for standard in c99 c11; do
            compile "$compiler" c $standard <"$work/alone.c" || fail "$compiler $standard: $name"
        done
        for standard in c++98 c++17; do
            compile "$compiler" c++ $standard -Wno-long-long <"$work/alone.c" || fail "$compiler $standard: $name"
        done
        compile "$compiler" c c99 -DPSACRYPTO_PREFIX=my_ <"$work/alone.c" || fail "$compiler with a prefix: $name"
    done
    printf '#define PSACRYPTO_CONFIG_DEFAULT 0\n#define PSA_WANT_ALG_SHA_256 1\n' >"$work/small.h"
    printf '%s\n' '#include <psa/crypto.h>' '#if !PSA_WANT_ALG_SHA_256 || PSA_WANT_ALG_SHA_384 || PSA_WANT_KEY_TYPE_AES' \
        '#error' '#endif' >"$work/small.c"
    compile "$compiler" c c99 "-DPSACRYPTO_CONFIG_FILE=\"$work/small.h\"" <"$work/small.c" ||
        fail "$compiler: a small configuration"
    for standard in c++98 c++11 c++17; do
        compile "$compiler" c++ $standard -Wno-long-long <tests/headers/cxx.cpp || fail "$compiler $standard: cxx.cpp"
    done
    # Names that must stay free for other headers.
    printf '#include <psa/crypto.h>\ntypedef int psa_handle_t, psa_invec, psa_outvec, psa_key_handle_t;\n' >"$work/free.c"
    compile "$compiler" c c99 <"$work/free.c" || fail "$compiler: a name is taken"
done

# Every function that a header declares is renamed with a prefix.
for header in include/psa/*.h include/psacrypto/*.h; do
    case $header in */prefix.h) ;; *) echo "#include <${header#include/}>" ;; esac
done | "$1" -E -P -DPSACRYPTO_PREFIX=my_ -Iinclude -xc - |
    tr '\n' ' ' | sed -e ':a' -e 's/{[^{}]*}/;/g' -e 'ta' | tr ';' '\n' |
    sed -e 's/ *__attribute__ *((.*))//' |
    grep -vE '^ *(static|typedef|struct [a-z_]+ *$)' |
    grep -oE '\b(psa|psacrypto|mbedtls)_[a-z0-9_]+ *\(|^ *extern .*\b(psa|psacrypto)_[a-z0-9_]+ *$' |
    sed -e 's/ *(//' >"$work/plain"
if [ -s "$work/plain" ]; then
    fail "not in include/psacrypto/prefix.h: $(tr '\n' ' ' <"$work/plain")"
fi

exit $status
