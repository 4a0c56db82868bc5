/*
 * The window over a CSV file: blocks read one after the other, decoded to UTF-8 where they are not. Never mapped: a
 * file that somebody cuts while it is read must be a diagnostic, not a signal. Knows no records.
 */
#include "dataset/csv_inside.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* A character of the strangest encoding of iconv gives no more bytes of UTF-8 at once. */
enum { CHARACTER_ROOM = 64, HEAD = 4096, GUESSED = 512 };

/* "UTF-8", "utf8", "utf_8_sig": a mark at the start is taken off anyway. */
bool csv_is_utf8(const char *encoding)
{
    char letters[16];
    size_t n = 0;
    if (!encoding)
        return true;
    for (; *encoding && n < sizeof letters - 1; encoding++)
        if (*encoding != '-' && *encoding != '_')
            letters[n++] = *encoding;
    letters[n] = '\0';
    return !*encoding && (strcasecmp(letters, "utf8") == 0 || strcasecmp(letters, "utf8sig") == 0);
}

/* Bytes of the file from `at` on, at most `room`; 0 at its end, -1: errno. */
static ssize_t read_at(int fd, char *into, size_t room, uint64_t at)
{
    size_t have = 0;
    while (have < room) {
        ssize_t n = pread(fd, into + have, room - have, (off_t)(at + have));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        have += (size_t)n;
    }
    return (ssize_t)have;
}

/* Of the file's next block: what was read, 0 when there is nothing or `trouble`. */
static size_t read_block(struct csv_input *in, char *into, size_t room)
{
    if (room > in->to - in->at)
        room = (size_t)(in->to - in->at);
    if (room == 0)
        return 0;
    ssize_t n = read_at(in->fd, into, room, in->at);
    if (n < 0) {
        in->trouble = CSV_READ_ERROR;
        in->error = errno;
        return 0;
    }
    in->at += (size_t)n;
    progress_say(in->diags, PROGRESS_DATA, in->at - in->from, in->to - in->from);
    if ((size_t)n < room)
        in->trouble = CSV_SHORTER;
    return (size_t)n;
}

/* --- decoding ----------------------------------------------------------------------------------------------- */

const char *csv_utf16_name(const char *head, size_t count)
{
    size_t zeros[2] = { 0, 0 }, high[2] = { 0, 0 };

    if (count >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0))
        return "utf-16";
    count = count < GUESSED ? count : GUESSED;
    for (size_t i = 0; i < count; i++) {
        zeros[i % 2] += head[i] == 0;
        high[i % 2] += head[i] == 0 || head[i] == 6;
    }
    if (zeros[0] + zeros[1] < 2 || (zeros[0] && zeros[1]) || 4 * high[zeros[0] == 0] < count)
        return NULL;
    return zeros[0] ? "utf-16be" : "utf-16le";
}

/* What a file is by its first bytes, when that is a thing which comes under the name of a CSV file; or NULL. */
static const char *other_kind(const char *head, size_t count)
{
    static const struct {
        const char *start, *kind;
    } kinds[] = {
        { "PK\x03\x04", "a ZIP or Excel file; save the sheet as CSV" },
        { "\xD0\xCF\x11\xE0", "an old Excel file; save the sheet as CSV" },
        { "\x1F\x8B", "a gzip file; unpack it" },
        { "%PDF-", "a PDF; get the data as CSV" },
        { "<!DOCTYPE", "a web page; was it downloaded from the right address?" },
        { "<html", "a web page; was it downloaded from the right address?" },
        { "<?xml", "XML; get the data as CSV" },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].start);
        if (count >= length && strncasecmp(head, kinds[i].start, length) == 0)
            return kinds[i].kind;
    }
    return NULL;
}

/* Whether bytes that are said to be in another encoding are UTF-8: letters of several bytes, and nothing else beyond
 * ASCII, which in no other encoding is writing. Of a UTF-16 file it is enough that no byte is zero. */
static bool is_utf8_after_all(const char *head, size_t count, const char *encoding)
{
    size_t valid = utf8_check(head, count), letters = 0;

    if (count - valid > 3 || (valid < count && count < HEAD)) /* one may be cut by the head's end */
        return false;
    for (size_t i = 0; i < valid; i++)
        letters += ((unsigned char)head[i] & 0xC0) == 0xC0;
    if (strncasecmp(encoding, "utf-16", 6) == 0 || strncasecmp(encoding, "utf16", 5) == 0)
        return valid > 1 && !memchr(head, 0, valid) && memchr(head, '\n', valid);
    return letters >= 3 && strncasecmp(encoding, "utf", 3) != 0 && strncasecmp(encoding, "ucs", 3) != 0;
}

/* (iconv_t)-1: none. An empty name is that of the process's locale, what follows a slash tells iconv to drop
 * characters: neither is an encoding. */
static iconv_t decoder_of(const char *encoding)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:+";
    bool is_name = *encoding && !encoding[strspn(encoding, allowed)];
    return is_name ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
}

bool csv_is_encoding(const char *encoding)
{
    iconv_t decoder = decoder_of(encoding);
    return decoder != (iconv_t)-1 && iconv_close(decoder) == 0;
}

static bool open_decoder(struct csv_input *in, const char *path, const char *guess, struct diags *diags)
{
    struct place start = { .file = path, .line = 1, .col = 1 };
    const char *name = in->encoding;

    if (guess && strcasecmp(name, "utf-16") == 0)
        name = guess; /* no mark says the order of bytes, and iconv would take this machine's */
    iconv_t decoder = decoder_of(name);
    if (decoder == (iconv_t)-1) {
        diag_add(diags, DIAG_CSV_ENCODING, start,
                 "the encoding '%s' is not known; name one that iconv knows, as UTF-8, UTF-16 or windows-1256", name);
        return false;
    }
    in->decoder = decoder;
    return true;
}

/* From `raw` to `end`, as far as there is room for; behind the last byte also the letter that some decoders hold back,
 * as a mark may follow it. */
static void decode(struct csv_input *in, const char *to)
{
    char *from = in->raw, *into = in->end;
    size_t count = in->raw_count, room = (size_t)(to - in->end);
    int refusal = iconv(in->decoder, &from, &count, &into, &room) == (size_t)-1 ? errno : 0;

    if (refusal == EILSEQ)
        in->trouble = CSV_BAD_BYTE;
    else if (refusal == EINVAL && in->at == in->to)
        in->trouble = CSV_CUT_CHARACTER;
    in->ended = !refusal && in->at == in->to && iconv(in->decoder, NULL, NULL, &into, &room) != (size_t)-1;
    memmove(in->raw, from, count);
    in->raw_count = count;
    in->end = into;
}

/* --- the window --------------------------------------------------------------------------------------------- */

/* Moves what is kept to the front; `asked` bytes and the padding have room behind it. */
static void make_room(struct csv_input *in, const char **keep, size_t asked)
{
    size_t kept = (size_t)(in->end - *keep), need = kept + asked;

    if (need > in->room) {
        size_t room = need > 2 * in->room ? need : 2 * in->room;
        char *bytes = xcalloc(room + CSV_INPUT_PAD + strlen(in->last), 1);
        if (kept)
            memcpy(bytes, *keep, kept);
        free(in->bytes);
        in->bytes = bytes;
        in->room = room;
    } else if (kept) {
        memmove(in->bytes, *keep, kept);
    }
    *keep = in->bytes;
    in->end = in->bytes + kept;
}

static void fill_decoded(struct csv_input *in, size_t asked)
{
    const char *start = in->end;

    if (in->raw_room < asked + CHARACTER_ROOM) {
        in->raw_room = asked + CHARACTER_ROOM;
        in->raw = xrealloc(in->raw, in->raw_room, 1);
    }
    while (in->end == start && !in->ended && !in->trouble) {
        size_t room = in->raw_room - in->raw_count;
        in->raw_count += read_block(in, in->raw + in->raw_count, room < asked ? room : asked);
        if (in->trouble)
            break;
        decode(in, start + asked + CHARACTER_ROOM);
    }
}

/* What stands behind `end`: nothing that a scanner could take for more of the file. */
static void seal(struct csv_input *in)
{
    memset(in->end, 0, CSV_INPUT_PAD);
    if (in->ended)
        memcpy(in->end, in->last, strlen(in->last));
}

bool csv_input_more(struct csv_input *in, const char **keep)
{
    size_t kept = (size_t)(in->end - *keep), asked = kept > in->block ? kept : in->block;

    if (in->ended || in->trouble)
        return false;
    make_room(in, keep, asked + CHARACTER_ROOM);
    const char *start = in->end;
    if (in->decoder) {
        fill_decoded(in, asked);
    } else {
        in->end += read_block(in, in->end, asked);
        in->ended = in->at == in->to && !in->trouble;
    }
    bool more = in->end > start || in->ended;
    if (in->ended && in->to_file_end && in->end > start && in->end[-1] == CSV_END_MARK)
        in->end--;
    seal(in);
    return more;
}

/* The first bytes, without a mark. */
static void fill_first(struct csv_input *in)
{
    const char *keep = in->bytes;
    while (in->end - in->bytes < 3 && csv_input_more(in, &keep))
        ;
    if (in->end - in->bytes >= 3 && memcmp(in->bytes, "\xEF\xBB\xBF", 3) == 0) {
        in->end -= 3;
        memmove(in->bytes, in->bytes + 3, (size_t)(in->end - in->bytes));
        seal(in);
    }
}

bool csv_input_open(struct csv_input *in, const struct csv_source *source, const char *last, size_t block,
                    struct diags *diags)
{
    char head[HEAD];
    uint64_t size;

    *in = (struct csv_input){ .encoding = source->encoding, .last = last, .block = block, .diags = diags };
    in->fd = file_open(source->path, &size, diags);
    if (in->fd < 0)
        return false;
    in->at = in->from = source->from < size ? source->from : size;
    in->to = source->to < size ? source->to : size;
    in->to_file_end = source->to >= size;
    if (in->to < in->at)
        in->to = in->at;

    ssize_t count = read_at(in->fd, head, HEAD, 0);
    const char *guess = count < 0 ? NULL : csv_utf16_name(head, (size_t)count);
    const char *kind = count < 0 ? NULL : other_kind(head, (size_t)count);
    if (kind) {
        diag_add(diags, DIAG_CSV_KIND, (struct place){ source->path, 1, 1 }, "this is no CSV but %s", kind);
        close(in->fd);
        return false;
    }
    if (csv_is_utf8(source->encoding) && guess) {
        diag_add(diags, DIAG_CSV_ENCODING, (struct place){ source->path, 1, 1 },
                 "the file is in UTF-16; save it as UTF-8, or declare \"encoding\": \"%s\"", guess);
        close(in->fd);
        return false;
    }
    if (!csv_is_utf8(source->encoding) && count > 0 && is_utf8_after_all(head, (size_t)count, source->encoding)) {
        diag_add(diags, DIAG_CSV_ENCODING, (struct place){ source->path, 1, 1 },
                 "the file is in UTF-8, and its encoding is declared as %s; declare utf-8", source->encoding);
        close(in->fd);
        return false;
    }
    if (!csv_is_utf8(source->encoding) && !open_decoder(in, source->path, guess, diags)) {
        close(in->fd);
        return false;
    }
    const char *keep = NULL;
    make_room(in, &keep, 2 * block + CHARACTER_ROOM); /* a block, and what is kept of the one before */
    if (in->at == 0)
        fill_first(in);
    return true;
}

void csv_input_tell(const struct csv_input *in, struct place at, struct diags *diags)
{
    struct place file = { .file = at.file };

    switch (in->trouble) {
    case CSV_BAD_BYTE:
        diag_add(diags, DIAG_CSV_ENCODING, at, "byte 0x%02X is not valid %s; is the file in another encoding?",
                 (unsigned char)in->raw[0], in->encoding);
        break;
    case CSV_CUT_CHARACTER:
        diag_add(diags, DIAG_CSV_ENCODING, at, "the file ends inside a character of %s; is it cut off?",
                 in->encoding);
        break;
    case CSV_SHORTER:
        diag_add(diags, DIAG_FILE_READ, file, "became shorter while it was read; run again when it is complete");
        break;
    default:
        diag_add(diags, DIAG_FILE_READ, file, "cannot be read: %s", strerror(in->error));
    }
}

void csv_input_close(struct csv_input *in)
{
    if (in->decoder)
        iconv_close(in->decoder);
    close(in->fd);
    free(in->bytes);
    free(in->raw);
}
