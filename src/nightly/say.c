/* Lines of a run. Writes past stdio, which drops what was to be written when a signal interrupts it. */
#include "nightly/say.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"

static bool put(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n;
        length -= (size_t)n;
    }
    return true;
}

void night_say_begin(struct night_say *s, bool quiet)
{
    const char *term = getenv("TERM");
    *s = (struct night_say){ .quiet = quiet };
    s->terminal = !quiet && isatty(STDERR_FILENO) == 1 && term && strcmp(term, "dumb") != 0;
    signal(SIGPIPE, SIG_IGN);
}

void night_say_clear(struct night_say *s)
{
    if (s->shown)
        put(STDERR_FILENO, "\r\033[K", 4);
    s->shown = false;
}

void night_say_line(struct night_say *s, const char *format, ...)
{
    char line[512];
    va_list values;
    if (s->quiet || s->error)
        return;
    va_start(values, format);
    int length = vsnprintf(line, sizeof line - 1, format, values);
    va_end(values);
    if (length < 0 || (size_t)length >= sizeof line - 1)
        length = sizeof line - 2;
    for (int i = 0; i < length; i++) /* a folder may be called anything */
        line[i] = (unsigned char)line[i] < ' ' ? ' ' : line[i];
    line[length] = '\n';
    night_say_clear(s);
    if (!put(STDOUT_FILENO, line, (size_t)length + 1))
        s->error = errno;
}

void night_say_wrong(struct night_say *s, const char *text)
{
    night_say_clear(s);
    put(STDERR_FILENO, text, strlen(text));
}

void night_say_progress(struct night_say *s, const char *text)
{
    struct winsize size;
    struct buf line;
    if (!s->terminal)
        return;
    size_t width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    size_t length = strlen(text);
    buf_init(&line);
    buf_add_string(&line, "\r");
    buf_add(&line, text, length < width ? length : width - 1); /* names of reports are ASCII */
    buf_add_string(&line, "\033[K");
    s->shown = put(STDERR_FILENO, line.data, line.length);
    buf_drop(&line);
}
