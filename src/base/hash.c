/* SHA-256: nettle, which uses the processor's own instructions, behind functions so that no other file needs it. */
#include "base/hash.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <nettle/sha2.h>

#include "base/diag.h"

enum { CHUNK = 16 * 1024 };

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, bytes);
    sha256_digest(&context, HASH_BYTES, digest);
}

bool hash_file(const char *path, char hex[HASH_HEX], struct diags *diags)
{
    uint8_t chunk[CHUNK], digest[HASH_BYTES];
    FILE *file = fopen(path, "rb");
    struct sha256_ctx context;
    size_t length;

    sha256_init(&context);
    while (file && (length = fread(chunk, 1, sizeof chunk, file)) > 0)
        sha256_update(&context, length, chunk);
    if (!file || ferror(file)) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path }, "cannot be read: %s", strerror(errno));
        if (file)
            fclose(file);
        return false;
    }
    fclose(file);
    sha256_digest(&context, HASH_BYTES, digest);
    hash_hex(digest, hex);
    return true;
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
