/* SHA-256: nettle, which uses the processor's own instructions, behind functions so that no other file needs it. */
#include "base/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"

enum { CHUNK = 16 * 1024 };

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, bytes);
    sha256_digest(&context, HASH_BYTES, digest);
}

struct hash {
    struct sha256_ctx context;
};

struct hash *hash_new(void)
{
    struct hash *h = xcalloc(1, sizeof *h);
    sha256_init(&h->context);
    return h;
}

void hash_drop(struct hash *h)
{
    free(h);
}

void hash_add(struct hash *h, const void *bytes, size_t length)
{
    sha256_update(&h->context, length, bytes);
}

void hash_digest(const struct hash *h, uint8_t digest[HASH_BYTES])
{
    struct sha256_ctx context = h->context;
    sha256_digest(&context, HASH_BYTES, digest);
}

bool hash_descriptor(int fd, char hex[HASH_HEX])
{
    uint8_t chunk[CHUNK], digest[HASH_BYTES];
    struct sha256_ctx context;
    sha256_init(&context);
    for (;;) {
        ssize_t length = read(fd, chunk, sizeof chunk);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            return false;
        if (length == 0)
            break;
        sha256_update(&context, (size_t)length, chunk);
    }
    sha256_digest(&context, HASH_BYTES, digest);
    hash_hex(digest, hex);
    return true;
}

bool hash_file(const char *path, char hex[HASH_HEX], struct diags *diags)
{
    uint64_t size;
    int fd = file_open(path, &size, diags);
    if (fd < 0)
        return false;
    bool ok = hash_descriptor(fd, hex);
    if (!ok)
        diag_add(diags, DIAG_FILE_READ, (struct place){ .file = path }, "cannot be read: %s", strerror(errno));
    close(fd);
    return ok;
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
