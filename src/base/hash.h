/* SHA-256 (FIPS 180-4), by nettle. */
#ifndef MUJAZ_BASE_HASH_H
#define MUJAZ_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diags;

enum { HASH_BYTES = 32, HASH_HEX = 65 };

void hash_sha256(const void *bytes, size_t length, uint8_t digest[HASH_BYTES]);
/* Of a file's bytes, read in pieces, as hex. False with a diagnostic when it cannot be read. */
bool hash_file(const char *path, char hex[HASH_HEX], struct diags *);
bool hash_descriptor(int fd, char hex[HASH_HEX]); /* of what is read until its end; false with errno */
void hash_hex(const uint8_t digest[HASH_BYTES], char hex[HASH_HEX]);

#endif
