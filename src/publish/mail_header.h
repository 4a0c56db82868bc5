/* Headers of messages: lines that end with CR LF, texts in UTF-8 as RFC 2047 has them. Private to src/publish. */
#ifndef MUJAZ_PUBLISH_MAIL_HEADER_H
#define MUJAZ_PUBLISH_MAIL_HEADER_H

#include <time.h>

#include "base/buf.h"

void mail_header(struct buf *, const char *name, const char *ascii);
void mail_header_text(struct buf *, const char *name, const char *utf8);
/* "Name <address>"; the name may be "". */
void mail_header_person(struct buf *, const char *name, const char *utf8, const char *address);
void mail_header_date(struct buf *, const char *name, time_t);

/* In lines of 76 letters. */
void mail_base64(struct buf *, const char *bytes, size_t length);

#endif
