/* SPDX-License-Identifier: Apache-2.0 */
/*
 * S-boxes as affine maps around the inversion (software/cipher/sbox.h says how matrices are written), for the portable code and for
 * kernels, which need them as immediates.
 */
#ifndef SOFTWARE_KERNELS_SBOXES_H
#define SOFTWARE_KERNELS_SBOXES_H

#define SBOX_IDENTITY 0x0102040810204080

/* ARIA (RFC 5794, 2.4.2). S1 is that of AES; S2(x) = B x^247 + b; their inverses begin with the inverse map. */
#define ARIA_S1_OUT 0xF1E3C78F1F3E7CF8
#define ARIA_S1_OUT_CONSTANT 0x63
#define ARIA_S2_OUT 0xEAFCB7C3C273C66F
#define ARIA_S2_OUT_CONSTANT 0xE2
#define ARIA_S1_INVERSE_IN 0xA44992254A942952
#define ARIA_S1_INVERSE_IN_CONSTANT 0x05
#define ARIA_S2_INVERSE_IN 0x186450C737D6BDC9
#define ARIA_S2_INVERSE_IN_CONSTANT 0x2C
/* Of the S-box of AES: S2 behind it, what goes before its inverse to make that of S2. */
#define ARIA_S2_OUT_OF_AES 0x8312F396321AA0E7
#define ARIA_S2_OUT_OF_AES_CONSTANT 0x88
#define ARIA_S2_INVERSE_IN_OF_AES 0x8DDE5822DC12CB52
#define ARIA_S2_INVERSE_IN_OF_AES_CONSTANT 0x04

/* Camellia (RFC 3713, 2.4.1). SBOX1: an inversion in GF(2^8) over GF(2^4) between affine maps. SBOX2 and SBOX3 turn its result, SBOX4
 * what it is of by one bit to the left, to the right, to the left. */
#define CAMELLIA_IN 0x3E8AD8B52D81A4C5
#define CAMELLIA_IN_CONSTANT 0x0B
#define CAMELLIA_OUT 0xC0BA5F8C8DFC1E04
#define CAMELLIA_OUT_CONSTANT 0x6E
#define CAMELLIA_2_OUT 0x04C0BA5F8C8DFC1E
#define CAMELLIA_2_OUT_CONSTANT 0xDC
#define CAMELLIA_3_OUT 0xBA5F8C8DFC1E04C0
#define CAMELLIA_3_OUT_CONSTANT 0x37
#define CAMELLIA_4_IN 0x1F456CDA96C052E2
/* With the S-box of AES in place of the inversion. */
#define CAMELLIA_OUT_OF_AES 0x7BE039E54112B492
#define CAMELLIA_OUT_OF_AES_CONSTANT 0x86
#define CAMELLIA_2_OUT_OF_AES 0x927BE039E54112B4
#define CAMELLIA_2_OUT_OF_AES_CONSTANT 0x0D
#define CAMELLIA_3_OUT_OF_AES 0xE039E54112B4927B
#define CAMELLIA_3_OUT_OF_AES_CONSTANT 0x43

/* SM4 (draft-ribose-cfrg-sm4-10, 6.2.1): A (A x + c)^-1 + c in the field of x^8 + x^7 + x^6 + x^5 + x^4 + x^2 + 1, which is brought to
 * that of AES by mapping x to 0x23, a zero of this polynomial there. */
#define SM4_IN 0x4C287DB91A22505D
#define SM4_IN_CONSTANT 0x3E
#define SM4_OUT 0xF3AB34A974A6B589
#define SM4_OUT_CONSTANT 0xD3
#define SM4_OUT_OF_AES 0x480E4C47651DBAD3
#define SM4_OUT_OF_AES_CONSTANT 0x6C
/* With all bytes of a state y kept as SM4_IN y, nothing goes before the inversion; behind it go SM4_OUT, one of the two maps that L
 * (6.2.2) is made of, s + (s << 2) and s + (s >> 6), and SM4_IN again. */
#define SM4_IN_INVERSE 0xB3A4F5863284728B
#define SM4_LEFT_OUT 0x040DB891E9A481B7
#define SM4_LEFT_OUT_CONSTANT 0x72
#define SM4_RIGHT_OUT 0x280FBCB4FF84C11A
#define SM4_RIGHT_OUT_CONSTANT 0x11
#define SM4_LEFT_OUT_OF_AES 0x9213A9BC6E54F6F3
#define SM4_LEFT_OUT_OF_AES_CONSTANT 0x0B
#define SM4_RIGHT_OUT_OF_AES 0xB15A3B1EFFC0DF26
#define SM4_RIGHT_OUT_OF_AES_CONSTANT 0x7D

#endif
