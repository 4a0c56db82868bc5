/* SHA-256: libmd behind three functions, so that no other file needs its header. */
#include "base/hash.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <sha2.h>

#include "base/diag.h"

enum { CHUNK = 16 * 1024 };

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES])
{
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, bytes, length);
    SHA256Final(digest, &context);
}

bool hash_file(const char *path, char hex[HASH_HEX], struct diags *diags)
{
    uint8_t chunk[CHUNK], digest[HASH_BYTES];
    FILE *file = fopen(path, "rb");
    SHA2_CTX context;
    size_t length;

    SHA256Init(&context);
    while (file && (length = fread(chunk, 1, sizeof chunk, file)) > 0)
        SHA256Update(&context, chunk, length);
    if (!file || ferror(file)) {
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path }, "cannot be read: %s", strerror(errno));
        if (file)
            fclose(file);
        return false;
    }
    fclose(file);
    SHA256Final(digest, &context);
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
