/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers of psacrypto_self_test(), computed with OpenSSL 3 and, for deterministic ECDSA, from RFC 6979 with an
 * implementation that gives the signatures of its A.2.5. An empty row ends each table, which may hold no other.
 */
#include "api/self_test.h"

#define ROWS(array) (sizeof(array) / sizeof((array)[0]) - 1u)

const struct self_test_hash self_test_hashes[] = {
#if PSA_WANT_ALG_SHA_1
    {
        .hash = PSA_ALG_SHA_1,
        .digest = "bf77ecf143ceb21f1676c34b8d89c8bb3c43cc4e",
        .hmac = "0d64caa5e322c530a8f79823d7021b63b7e605eb",
        .hkdf = "b351770240cb9acb6a321a03a7b220905c97dadccc4aef37c5121c2885e226f54a558e7d",
        .pbkdf2 = "630ca3811ea09825b13daff16da04f384fc9d72a5ab6e46608095119596f8d958e64dfca",
        .ecdsa = "c3aff4d2f2cc281f64aeebf065926021aedbe87ddb67622662edcf5f49e2f6b2336610fe412c0e974d014979e599939e"
                 "e33650f529de52d58749a10b65e70046",
    },
#endif
#if PSA_WANT_ALG_SHA_224
    {
        .hash = PSA_ALG_SHA_224,
        .digest = "0c82e586f274c06fe5393d20f3692908d3a78ff0034e4c221959f75a",
        .hmac = "65c3f64afe6b5b2313ee442443b99c4f2517bbba94c9cffaa66a8006",
        .hkdf = "56479a08a4ae8bdac0b93ca8af92154a251f6c6e6a60d5adbdb640e6074eb1a4081aa5017fc10b8be8374936",
        .pbkdf2 = "70cd19f6cdb47c81cc72042ce82b20e1026703738a39c7cd780d152af49b3581abd01183ab047b7e546117ac",
        .ecdsa = "e338ed4ef2585ac929c3e9fc86a9ce24d900bcfef620b7752cb5ecc25854feb9bdae27e6603f80e75038979eb7f8f5c1"
                 "35abcd12796cb4e024054eeed9d3d7da",
    },
#endif
#if PSA_WANT_ALG_SHA_256
    {
        .hash = PSA_ALG_SHA_256,
        .digest = "7728ae2f2c36e2aaafbe79ca14c87ae2f89e7c88c4390ecbbf82dce88706958d",
        .hmac = "d09938acdd13e767d53679ac1ad47d31a2a396e65b7d08146042ff466ff84589",
        .hkdf = "b9f8a12454dc6a095db5148d3c49b04414e69836b477efb293fd1b9edb40ca877c6db6fd848140168026180b202719b0",
        .pbkdf2 = "c73772b7ca5202c737fa4782b05c1361d1ab5e52f2b3d4cea54e54c8cd782e6db5bb54b271ed16151ea06862f622cc2d",
        .ecdsa = "c894a8529511316d8a587d4690abd9e4a152461d2e76c2b7c9d44701f3e84b80c35d7a4b18e5d5ab64bd15434fed6b90"
                 "78c14adbac72cee68a613d8798fc388d",
    },
#endif
#if PSA_WANT_ALG_SHA_384
    {
        .hash = PSA_ALG_SHA_384,
        .digest = "69672aca50c4279e4cdf788380294d7655bc68c7949e273318d60817f3262cff54e8c78ceaae0853e0a7adf36f392d38",
        .hmac = "4b35d11db66f9fad0962c20a624ec457313e0ea6fedcfd6d79bd7d8166e3e10b07f83d1fa6743180841483296ad8d66e",
        .hkdf = "fabca4ecb46a6a0c39c5eef68263bed64915277592c8b94cdb4962b4dd286d20b4e9c6fb0a57e0e868e0f035e643b465"
                "29e8acb0f0d4181860d0574e01de145c",
        .pbkdf2 = "d8bbb8eb574290261a0417fe7e5ca584ce122dde01db5dc1f489da5921cc03710e71fb17aae3169f1fe7562ca94b492f"
                  "a4e5c6b5a21e444b9fbad71ab0521b0d",
        .ecdsa = "ede708f6063fcfd94b61419dc242ac082a6f73beeb72d45a8be2d59cfcaf003333538c7cdae9bbc85ecff79930e220a4"
                 "4fe97c851aefe9b04d3745b36c3efdbe",
    },
#endif
#if PSA_WANT_ALG_SHA_512
    {
        .hash = PSA_ALG_SHA_512,
        .digest = "f1dca2eb677b303265b0b9baff0e061202818f35c1470a69bbaa9bb66025e948d90e565e69642506c6213aef3cf9e929"
                  "357a59da263deb34d1236dbdcda279b3",
        .hmac = "ec5248daa1dbbea291fd1b2ba1f1e2adfcfc57da1dc9893f49f05f81274422ce8ed7bbf6eb4fa68c97f9b58c15bf6a05"
                "82f119908fceb3b8b51d7de492de8292",
        .hkdf = "131186a698b63e7d9c254eb04962b4503d6028060213f932fcf6be2c0ce1fe5e1e1831b87eff5e76fa0b1ee1cb76e889"
                "6262bb07ed8f910edc68c236ccc3e10d0eed8527ab8c61a4df56c5d07ab9ee2e",
        .pbkdf2 = "ae0b763e6d843e716d1d8db8fa220046d6efa1d0790eb21d918dd9b2374368c9f0c040456b60aa1930103667c0e5d0b6"
                  "9f322885b95f82a558e9c0cb495977bf1799805f8b68d7f3aa80a80e347846d9",
        .ecdsa = "47b8d6adb7decc79e75bc562f2751c412efa7d82f41cb0edb16c2c32bba027878d2ed08371b816b51fceb16a6e7c3467"
                 "bdfd731a258e6b9ec465317f8a15843b",
    },
#endif
#if PSA_WANT_ALG_SHA_512_224
    {
        .hash = PSA_ALG_SHA_512_224,
        .digest = "482604d8459e2a3acfeaa168ce00427d87e67751748e4768666e318c",
        .hmac = "a69b7c65c6b3bcadfffaa84202bd89e2bcaaedd2a5ef18d2784033e7",
        .hkdf = "605623e10ffca1be15697583f72a86562d2c2ef3c34bc6f77d2229cacd0060bf1095590e6a2b3e0f8ddb2b18",
        .pbkdf2 = "73b418163dd650a164d824a5ed95300185a43cf5db0129356e57fa9b94db8a55582419f8eec8f5ac41f646ed",
        .ecdsa = "c226205f001e34a7605574626ffaa0edc2aa9c269ff711916938d3f63ab8c75ade5508838f836b5db13aaf662cf0bdba"
                 "f013ad014b00f589e3e34ac35c4276d5",
    },
#endif
#if PSA_WANT_ALG_SHA_512_256
    {
        .hash = PSA_ALG_SHA_512_256,
        .digest = "e8c6690786f704dcd81e091a37ade62feec7150ecdf56885de3c50c01136d17c",
        .hmac = "5aabb443cd99b9bc93eede34801939589f6ab05188ca9506f99e9a9ee58dd2b1",
        .hkdf = "31e082fed73c2771f3b9abd316eb256829bbd3ba9324b473e20acd0da4be36372d71d1fb6e35bf099b67fc0d943e014a",
        .pbkdf2 = "ffaf076e548a56fe074c6ecd62dc2ae9bc6599d91e05fe2054886bb60ca1e9b91ca9332401b37635365e34623b653693",
        .ecdsa = "51201ee3e48a5334b74ab2760cf6007b57e58409d7fe4cf592c546f420919187845330a669a9959747b60a7793a18df2"
                 "8488ad3393ab638cb86e3ad027d5c9ea",
    },
#endif
#if PSA_WANT_ALG_SHA_256_192
    {
        .hash = PSA_ALG_SHA_256_192,
        .digest = "7728ae2f2c36e2aaafbe79ca14c87ae2f89e7c88c4390ecb",
        .ecdsa = "9cd2019838b960e774f0bf928217a3864a11cf43789ba1869050f0c8ba7f53cb5bd2c6be087cf9d9c025826ee22a6256"
                 "58c1c8625a1f55c781774c0d5628aaf8",
    },
#endif
#if PSA_WANT_ALG_SHA3_224
    {
        .hash = PSA_ALG_SHA3_224,
        .digest = "fc40ee40f2595a8ced1537bf5fb47d1ca83d6857007056f2b3eaee98",
        .hmac = "5842f6a8d4704a06e687146e8c4e34311b9823930bbb426b01ed8a7a",
        .hkdf = "6d03502360533138c6a109305941eba91b2e1b426600b61daf644e211049ce0171b8fe23609ac29f9e5f4657",
        .pbkdf2 = "d565142f8f719855ed46c9464e0898355117636ff3eed800778a5f41fd69c9250d5c951d94b0d61f898a0e64",
        .ecdsa = "88ef37876d95592bb0bda9c5f8884cb3823133468704a49f981422f2e8df0dc94a3343868353e20a9bdceff09a5a4e30"
                 "bb142210f619793a61901c2ba93490e5",
    },
#endif
#if PSA_WANT_ALG_SHA3_256
    {
        .hash = PSA_ALG_SHA3_256,
        .digest = "815c06bbeb8520ce61add33a5f47bc558bf00e6361a5640c972d5d4634c58101",
        .hmac = "aff3cdae2e1e60e612c5edd14674eaaca5cd83509c8bccf2601ee1d0305d593b",
        .hkdf = "e119bf6f80fd5613f3b808bafebbcc21b93be46d636a4963479a46a6940b37d3013ae43ab7b3ac8f26a6b6dbea1319a9",
        .pbkdf2 = "07349eab6b28a76a86214ecc6bfa337316ae8f0c148371d7b63c3f8a032b9a019eaa8630b39ecf34dd68b1dfe8cb7fe2",
        .ecdsa = "7b1c4594855ba68438be9460c09c0e9300e6f17bed0275f05c2ea6015ddf859f0bcc59cfce991145f80b08f549c676d2"
                 "d57440bb6a23fbbf992f6d73122f7036",
    },
#endif
#if PSA_WANT_ALG_SHA3_384
    {
        .hash = PSA_ALG_SHA3_384,
        .digest = "47aefea93608f52318d433e3bc58bd296f9a88954a9ab47bd7e462468d59eeece908f5e861ee208a44c361831802f11e",
        .hmac = "13bb070f870624063f3d789ade8db03bd3295127c075c5ab4bb6d8e1d020cbdc6fa80418a77eab1fd653f5b589ee8c0a",
        .hkdf = "6b118953f9c4f3a69c13620c9947a17575f97f07f1825801a7d6d6837f9213c36f4c911dfb45efde909c2c6414818340"
                "23e5d81bfbb25b86e97f73e124f8011a",
        .pbkdf2 = "5f312f8c21ab841f9710be2d5a864d22f6104a6586e18aaabe4c1434945c4c2fc24d16c28876605eaabb15d2ea348aa0"
                  "f98ecbeb57ca40261d404639b4a43324",
        .ecdsa = "1fff6ea45cf12e8d4d9d289d0df2d03af4d30df528ab23cf4673cba7e308d91aa80bb53acf5cf0b492305c06130ef42f"
                 "ee82b2dee553c8b48a3fa71ca9d0c78e",
    },
#endif
#if PSA_WANT_ALG_SHA3_512
    {
        .hash = PSA_ALG_SHA3_512,
        .digest = "fa288fe9f54b8301e3012051fb1b275fd3f278a281ef149bb878fd322a647d3f51dc24908905550ed4883870c94f8d29"
                  "7f0690f8661b14d8222e9a46eebcbdf6",
        .hmac = "5e8e6c7f24044dbf4c7e680c7c83fcd52e55c0aa6cfefe4975eae214eee0d7387fa4cb81f2ba511fba18f30ec22447a7"
                "fc996ace20521fb9b6d234bde64045ae",
        .hkdf = "c1923f1ca46a047a98b41f709fed40d2c9967ecc034e7bd0d34876178b6a3ddf724cacd80d5d42b440cbc8bb0066b9d5"
                "6e69c657ccbf46d2f2088aafff7c7bb3c6b728a826a4d47a71538cfba4554bc4",
        .pbkdf2 = "8879b82fef9afbd426ec6209ed31bd53e17a99cd7aa4d25ae699c081d6607cbe84794a10de09c03a32cf50a17f470b50"
                  "1bed286a357a9582cb6da2d377b440379779dabe85044a420adcf46ea0d1e7fa",
        .ecdsa = "d5c1d929985f094843db8e5f44f7a1e57e3956e72ab0bd1d138780726a758521001684a3cb27a32571580d8736ea595c"
                 "948878a67aa80b7c5b7503907ef84b08",
    },
#endif
#if PSA_WANT_ALG_SHAKE256_512
    {
        .hash = PSA_ALG_SHAKE256_512,
        .digest = "bced6f4208dce0e6bc155ae057d0589bbfa798b46c7866d107e8d14aee3a46e9a292d82d60f77802cadfa9a46c8142a7"
                  "268863fbb6f64007d6e9fd44334f0ece",
        .ecdsa = "6f7b84f6f4bdeab9f3c971ecc9d3a8720de6458aa1e7c783dea663064351bbe9fad2499ae5fd78e05660343eddaae89a"
                 "e5a8dbe9a9ceb8fa80c570967316163d",
    },
#endif
#if PSA_WANT_ALG_SHAKE128_256
    {
        .hash = PSA_ALG_SHAKE128_256,
        .digest = "acbf138b9ceb3b4f0b2a78bf886f2f2b286af964f200f8784af97e6db5885558",
        .ecdsa = "8f32999997102997516bc83076cf511ca305147474f2b436189e2e8becd5856bccbc223bcda8de80a1e0ceebe44d2a0a"
                 "5b85b955238028fd02f2c9c9f753df77",
    },
#endif
#if PSA_WANT_ALG_SHAKE256_192
    {
        .hash = PSA_ALG_SHAKE256_192,
        .digest = "bced6f4208dce0e6bc155ae057d0589bbfa798b46c7866d1",
        .ecdsa = "f6e8685aeea7a0a6601531a8297d1dfd64261c07b15dd9bd2f43c7109b4f64c6882bc3b7f2b1d8d9515deba316ef0fbd"
                 "00209ded9f1af8df1fcc44d74f946591",
    },
#endif
#if PSA_WANT_ALG_SHAKE256_256
    {
        .hash = PSA_ALG_SHAKE256_256,
        .digest = "bced6f4208dce0e6bc155ae057d0589bbfa798b46c7866d107e8d14aee3a46e9",
        .ecdsa = "6f7b84f6f4bdeab9f3c971ecc9d3a8720de6458aa1e7c783dea663064351bbe9fad2499ae5fd78e05660343eddaae89a"
                 "e5a8dbe9a9ceb8fa80c570967316163d",
    },
#endif
    { PSA_ALG_NONE, NULL, NULL, NULL, NULL, NULL },
};

const size_t self_test_hash_count = ROWS(self_test_hashes);

const struct self_test_xof self_test_xofs[] = {
#if PSA_WANT_ALG_SHAKE128
    { PSA_ALG_SHAKE128, 0x77c1093b, "9e7dc2a1ed97c149bcc55d7526aa39ca" },
#endif
#if PSA_WANT_ALG_SHAKE256
    { PSA_ALG_SHAKE256, 0xb60c6b89, "b741d3fbcfb2a1f35fc86956089b51f0" },
#endif
    { PSA_ALG_NONE, 0, NULL },
};

const size_t self_test_xof_count = ROWS(self_test_xofs);

const struct self_test_cipher self_test_ciphers[] = {
#if PSA_WANT_ALG_ECB_NO_PADDING
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 128, 656, 0, 0, 0x7874981f, "254b1c41800c8d3df5fb5537bf3a961f" },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 192, 656, 0, 0, 0x672418d5, "a8ee976a44d77c329046246d45134992" },
    { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, 256, 656, 0, 0, 0x78a84046, "44f71f3238075552dd1b26a2433d7b03" },
#endif
#if PSA_WANT_ALG_CTR
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0x3f6dd16f, "96b9fd380a8a9324ee31a7489375d259" },
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0x039cb35d, "0c07755e8ae2148272672d5ff5c68022" },
    { PSA_ALG_CTR, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x9738cf23, "d6990c3a38595038357296d00cca646a" },
#endif
#if PSA_WANT_ALG_CBC_NO_PADDING
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 128, 656, 16, 0, 0xbda8e978, "8e6a34f415e0969051e30fc6b1ecee11" },
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 192, 656, 16, 0, 0xaf13f4eb, "f1ec59fe54322c36085a02da7c6d5a80" },
    { PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, 256, 656, 16, 0, 0x1cae696e, "76dca1458493c352141fb4d74b0a5059" },
#endif
#if PSA_WANT_ALG_CBC_PKCS7
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 128, 650, 16, 0, 0xe67b66f6, "e2c9334b92623dd2bd76c373006d09d1" },
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 192, 650, 16, 0, 0x2f5569f9, "334590d46d7f450ab30f3a3b7f122b59" },
    { PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, 256, 650, 16, 0, 0x5ea5030b, "8291d5e3e8d8092c489fdfbf3a1547b2" },
#endif
#if PSA_WANT_ALG_GCM
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, 650, 12, 20, 0xc2db5fd6, "6ae1e2423d8ecf09420c6789760c36a4" },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 128, 20, 12, 20, 0x038ed1ee, "fc7e953b6a61063a46383097f9d42a4b" },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 192, 650, 12, 20, 0x78d2e5b9, "aa70a51a56f63137691bba9b91f7d471" },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 192, 20, 12, 20, 0x46d66d9c, "146e5a3d61d2064325c728c05920d2a5" },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256, 650, 12, 20, 0x5dc13ce1, "3b7981849c3c9ee123d3631c0dffc3bf" },
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256, 20, 12, 20, 0x3759664b, "abf30fc6adc11c577a5e3855b2c0a766" },
#endif
#if PSA_WANT_ALG_CCM
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 128, 650, 13, 20, 0xa22a5e4b, "15d16adc263eb55754fe15dae861cc9b" },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 192, 650, 13, 20, 0xb44445c5, "1646a3e20418de02456dcbf66414008f" },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 256, 650, 13, 20, 0x97ec33da, "377ed86f81a147b7128d557f7dc91863" },
#endif
#if PSA_WANT_ALG_CHACHA20_POLY1305
    { PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 256, 650, 12, 20, 0x8b429452, "015f387ec71a84b1f18f337997862b0a" },
#endif
    { PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, 0, 0, 0, 0, NULL },
};

const size_t self_test_cipher_count = ROWS(self_test_ciphers);

const struct self_test_agreement self_test_agreements[] = {
#if PSA_WANT_ALG_ECDH
    { PSA_ALG_ECDH, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256,
      "04261efbd3550cf068ef013ed7366ba32f5d6fe557b4b2abce8ade58cba168a55e1788a0b29a56a6abec4084c0c96bd3"
      "dcbca6b507f35dbea9e985708479d8bdc9",
      "7434f2c52e0d08dc73394aae3d2d55d5b88bc570f21cc2b8f8b80b273ddbf76f" },
#endif
    { PSA_ALG_NONE, PSA_KEY_TYPE_NONE, 0, NULL, NULL },
};

const size_t self_test_agreement_count = ROWS(self_test_agreements);
