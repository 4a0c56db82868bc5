/* What more than one step asks of a text that is being set. */
#include "text/job.h"

#include "base/utf8.h"
#include "text/bidi.h"

uint32_t job_back_from(const struct job *job, uint32_t end, int count)
{
    while (end > 0 && count > 0) {
        do
            end--;
        while (end > 0 && (job->text[end] & 0xC0) == 0x80);
        const char *p = job->text + end;
        count -= !bidi_is_control(utf8_next(&p));
    }
    return end;
}

bool job_is_narrow(const struct job *job)
{
    enum { WIDE = 18 /* ems */ };
    return job->width <= WIDE * job->style->size;
}
