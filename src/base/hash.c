/* SHA-256: libmd behind two functions, so that no other file needs its header. */
#include "base/hash.h"

#include <sys/types.h>

#include <sha2.h>

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, bytes, length);
    SHA256Final(digest, &context);
}

void hash_hex(const uint8_t digest[HASH_BYTES], char hex[HASH_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < HASH_BYTES; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[HASH_HEX - 1] = '\0';
}
