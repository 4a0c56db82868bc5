/* Small texts for HTML and XML. */
#include "publish/markup.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"

void markup_text(struct buf *out, const char *utf8)
{
    for (const char *p = utf8; *p; p++) {
        if (*p == '&')
            buf_add_string(out, "&amp;");
        else if (*p == '<')
            buf_add_string(out, "&lt;");
        else if (*p == '>')
            buf_add_string(out, "&gt;");
        else if (*p == '"')
            buf_add_string(out, "&quot;");
        else if ((unsigned char)*p < ' ' && *p != '\t' && *p != '\n')
            buf_add_char(out, ' '); /* XML has no such characters, not even escaped */
        else
            buf_add_char(out, *p);
    }
}

void markup_name(struct buf *out, const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (const char *p = name; *p; p++) {
        if (strchr(plain, *p))
            buf_add_char(out, *p);
        else
            buf_printf(out, "%%%02X", (unsigned char)*p);
    }
}

/* Two digits. */
static int two(const char *p)
{
    return (p[0] - '0') * 10 + p[1] - '0';
}

/* "20240103T040000Z": 15 characters and a Z. */
static bool begins_with_moment(const char *id)
{
    return strspn(id, "0123456789") == 8 && id[8] == 'T' && strspn(id + 9, "0123456789") == 6 && id[15] == 'Z';
}

bool moment_of_run(const char *id, struct moment *out)
{
    struct tm local;
    char zone[8];
    if (!begins_with_moment(id) || two(id + 9) > 23 || two(id + 11) > 59 || two(id + 13) > 60)
        return false;
    snprintf(out->utc, sizeof out->utc, "%.4s-%.2s-%.2s", id, id + 4, id + 6);
    if (!date_parse(out->utc, &out->day))
        return false;
    snprintf(out->utc + 10, sizeof out->utc - 10, "T%.2s:%.2s:%.2sZ", id + 9, id + 11, id + 13);
    time_t utc = (time_t)date_days(out->day) * 86400 + two(id + 9) * 3600 + two(id + 11) * 60 + two(id + 13);
    if (!localtime_r(&utc, &local) || strftime(zone, sizeof zone, "%z", &local) != 5)
        return false;
    out->day = (struct date){ (int16_t)(local.tm_year + 1900), (uint8_t)(local.tm_mon + 1), (uint8_t)local.tm_mday };
    out->hour = local.tm_hour;
    out->minute = local.tm_min;
    snprintf(out->zone, sizeof out->zone, "%.3s:%.2s", zone, zone + 3);
    return true;
}

void moment_iso(const struct moment *m, struct buf *out)
{
    buf_printf(out, "%04d-%02d-%02dT%02d:%02d%s", m->day.year, m->day.month, m->day.day, m->hour, m->minute, m->zone);
}

void markup_uuid(struct buf *out, const char *kind, const char *name)
{
    struct buf text;
    uint8_t d[HASH_BYTES];
    buf_init(&text);
    buf_printf(&text, "mujaz %s\n%s", kind, name);
    hash_sha256(text.data, text.length, d);
    buf_drop(&text);
    d[6] = (uint8_t)(0x80 | (d[6] & 0x0f));
    d[8] = (uint8_t)(0x80 | (d[8] & 0x3f));
    buf_add_string(out, "urn:uuid:");
    for (int i = 0; i < 16; i++)
        buf_printf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", d[i]);
}

void markup_base64(struct buf *out, const uint8_t *bytes, size_t length)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t have = length - i;
        uint32_t v = (uint32_t)bytes[i] << 16 | (have > 1 ? (uint32_t)bytes[i + 1] << 8 : 0)
                   | (have > 2 ? bytes[i + 2] : 0);
        buf_add_char(out, letters[v >> 18]);
        buf_add_char(out, letters[v >> 12 & 63]);
        buf_add_char(out, have > 1 ? letters[v >> 6 & 63] : '=');
        buf_add_char(out, have > 2 ? letters[v & 63] : '=');
    }
}
