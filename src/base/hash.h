/* SHA-256 (FIPS 180-4), by nettle. */
#ifndef MUJAZ_BASE_HASH_H
#define MUJAZ_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diags;

enum { HASH_BYTES = 32, HASH_HEX = 65 };

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES]);
/* Of bytes that come one after the other. */
struct hash;
struct hash *hash_new(void);
void hash_drop(struct hash *); /* NULL is fine */
void hash_add(struct hash *, const void *bytes, size_t length);
void hash_digest(const struct hash *, uint8_t digest[HASH_BYTES]); /* of those so far; more may follow */
/* Of a file's bytes, read in pieces, as hex. False with a diagnostic when it cannot be read. */
bool hash_file(const char *path, char hex[HASH_HEX], struct diags *);
bool hash_descriptor(int fd, char hex[HASH_HEX]); /* of what is read until its end; false with errno */
void hash_hex(const uint8_t digest[HASH_BYTES], char hex[HASH_HEX]);

#endif
