/* How the page looks. Private to src/publish. */
#ifndef MUJAZ_PUBLISH_SITE_STYLE_H
#define MUJAZ_PUBLISH_SITE_STYLE_H

#include <stddef.h>

#include "base/buf.h"

/* Appends the style sheet for a page with so many entries a language. */
void site_style(struct buf *, size_t entries);

#endif
