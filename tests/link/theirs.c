/* SPDX-License-Identifier: Apache-2.0 */
/* The half of Mbed TLS 2.28: a TLS 1.2 handshake of a client and a server over memory, with a certificate made here. */
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecdsa.h>
#include <mbedtls/entropy.h>
#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/x509_crt.h>
#include <string.h>

#include "link.h"

static void must(int result, const char *what)
{
    need(result >= 0, what);
}

/* ---- What one end has sent and the other has not read ---- */

struct pipe {
    unsigned char bytes[16384];
    size_t length;
};

struct ports {
    struct pipe *in, *out;
};

static int send_bytes(void *context, const unsigned char *bytes, size_t length)
{
    struct pipe *out = ((struct ports *)context)->out;
    const size_t room = sizeof(out->bytes) - out->length;
    const size_t n = length < room ? length : room;

    memcpy(out->bytes + out->length, bytes, n);
    out->length += n;
    return n == 0 ? MBEDTLS_ERR_SSL_WANT_WRITE : (int)n;
}

static int receive_bytes(void *context, unsigned char *bytes, size_t size)
{
    struct pipe *in = ((struct ports *)context)->in;
    const size_t n = size < in->length ? size : in->length;

    memcpy(bytes, in->bytes, n);
    memmove(in->bytes, in->bytes + n, in->length - n);
    in->length -= n;
    return n == 0 ? MBEDTLS_ERR_SSL_WANT_READ : (int)n;
}

/* ---- Key and certificate ---- */

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context drbg;
static mbedtls_pk_context key;
static mbedtls_x509_crt certificate;
static mbedtls_ssl_config configs[2];
static mbedtls_ssl_context ends[2]; /* client, server */

static void make_key(void)
{
    must(mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0), "seed");
    must(mbedtls_pk_setup(&key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)), "key");
    must(mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(key), mbedtls_ctr_drbg_random, &drbg), "key");
}

static void make_certificate(void)
{
    unsigned char der[2048];
    mbedtls_x509write_cert writer;
    mbedtls_mpi serial;

    mbedtls_x509write_crt_init(&writer);
    mbedtls_mpi_init(&serial);
    mbedtls_x509write_crt_set_subject_key(&writer, &key);
    mbedtls_x509write_crt_set_issuer_key(&writer, &key);
    mbedtls_x509write_crt_set_version(&writer, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(&writer, MBEDTLS_MD_SHA256);
    must(mbedtls_mpi_lset(&serial, 1), "serial number");
    must(mbedtls_x509write_crt_set_serial(&writer, &serial), "serial number");
    must(mbedtls_x509write_crt_set_subject_name(&writer, "CN=server.example"), "name");
    must(mbedtls_x509write_crt_set_issuer_name(&writer, "CN=server.example"), "name");
    must(mbedtls_x509write_crt_set_validity(&writer, "20200101000000", "20991231235959"), "validity");
    must(mbedtls_x509write_crt_set_basic_constraints(&writer, 1, -1), "constraints");
    const int length = mbedtls_x509write_crt_der(&writer, der, sizeof(der), mbedtls_ctr_drbg_random, &drbg);
    must(length, "certificate"); /* at the end of der */
    must(mbedtls_x509_crt_parse_der(&certificate, der + sizeof(der) - length, (size_t)length), "certificate read");
    mbedtls_x509write_crt_free(&writer);
    mbedtls_mpi_free(&serial);
}

/* ---- The handshake ---- */

static void configure(int which)
{
    mbedtls_ssl_config *config = &configs[which];

    must(mbedtls_ssl_config_defaults(config, which == 0 ? MBEDTLS_SSL_IS_CLIENT : MBEDTLS_SSL_IS_SERVER,
                                     MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT), "defaults");
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_rng(config, mbedtls_ctr_drbg_random, &drbg);
    if (which == 0) {
        mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_REQUIRED);
        mbedtls_ssl_conf_ca_chain(config, &certificate, NULL);
    } else {
        must(mbedtls_ssl_conf_own_cert(config, &certificate, &key), "certificate of the server");
    }
    must(mbedtls_ssl_setup(&ends[which], config), "setup");
}

static int is_over(const mbedtls_ssl_context *end)
{
    return end->state == MBEDTLS_SSL_HANDSHAKE_OVER;
}

/* An end that waits for the other one is tried again; 100 steps are many more than a handshake has. */
static void shake_hands(void (*between)(void))
{
    for (int i = 0; i < 100 && !(is_over(&ends[0]) && is_over(&ends[1])); i++) {
        for (int which = 0; which < 2; which++) {
            const int result = is_over(&ends[which]) ? 0 : mbedtls_ssl_handshake_step(&ends[which]);
            need(result == 0 || result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE, "step of the handshake");
        }
        if (i % 4 == 0) {
            between();
        }
    }
    need(is_over(&ends[0]) && is_over(&ends[1]), "end of the handshake");
    need(strcmp(mbedtls_ssl_get_version(&ends[0]), "TLSv1.2") == 0, "TLS 1.2");
}

static void message(mbedtls_ssl_context *from, mbedtls_ssl_context *to, const char *text)
{
    unsigned char read[64];
    const size_t length = strlen(text);

    must(mbedtls_ssl_write(from, (const unsigned char *)text, length), "write");
    const int n = mbedtls_ssl_read(to, read, sizeof(read));
    must(n, "read");
    need((size_t)n == length && memcmp(read, text, length) == 0, "message");
}

static void begin(void)
{
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&drbg);
    mbedtls_pk_init(&key);
    mbedtls_x509_crt_init(&certificate);
    for (int i = 0; i < 2; i++) {
        mbedtls_ssl_config_init(&configs[i]);
        mbedtls_ssl_init(&ends[i]);
    }
}

static void end(void)
{
    for (int i = 0; i < 2; i++) {
        mbedtls_ssl_free(&ends[i]);
        mbedtls_ssl_config_free(&configs[i]);
    }
    mbedtls_x509_crt_free(&certificate);
    mbedtls_pk_free(&key);
    mbedtls_ctr_drbg_free(&drbg);
    mbedtls_entropy_free(&entropy);
}

void theirs_handshake(void (*between)(void))
{
    static struct pipe up, down;
    static struct ports client = { &down, &up }, server = { &up, &down };

    begin();
    make_key();
    make_certificate();
    configure(0);
    configure(1);
    must(mbedtls_ssl_set_hostname(&ends[0], "server.example"), "name of the server");
    mbedtls_ssl_set_bio(&ends[0], &client, send_bytes, receive_bytes, NULL);
    mbedtls_ssl_set_bio(&ends[1], &server, send_bytes, receive_bytes, NULL);
    shake_hands(between);
    message(&ends[0], &ends[1], "ping");
    message(&ends[1], &ends[0], "pong");
    end();
}

/* ---- A signature of the other half ---- */

int theirs_verify(const unsigned char hash[32], const unsigned char public_key[65], const unsigned char signature[64])
{
    mbedtls_ecp_keypair peer;
    mbedtls_mpi r, s;

    mbedtls_ecp_keypair_init(&peer);
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    must(mbedtls_ecp_group_load(&peer.grp, MBEDTLS_ECP_DP_SECP256R1), "group");
    must(mbedtls_ecp_point_read_binary(&peer.grp, &peer.Q, public_key, 65), "public key");
    must(mbedtls_mpi_read_binary(&r, signature, 32), "signature");
    must(mbedtls_mpi_read_binary(&s, signature + 32, 32), "signature");
    const int result = mbedtls_ecdsa_verify(&peer.grp, hash, 32, &peer.Q, &r, &s);
    mbedtls_ecp_keypair_free(&peer);
    mbedtls_mpi_free(&r);
    mbedtls_mpi_free(&s);
    return result == 0;
}
