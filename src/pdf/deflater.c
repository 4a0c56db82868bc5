/*
 * The only place that deflates. Knows nothing of the file.
 *
 *   put --> [oldest ... next ... newest] --> take
 *            deflated,  nobody has
 *            or just    begun them
 *            being it
 *
 * The second thread begins whatever is next. The first does so only when it must have the oldest and that is not ready:
 * then there is no room for more, or it has nothing else to do. When a stream comes out does not depend on the threads:
 * what the sink is given, and when it is, neither.
 */
#include "pdf/deflater.h"

#include "base/arena.h"
#include "base/beside.h"
#include "pdf/head_code.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* Level 6 of libdeflate takes a sixth more time than its 5, for 1 % less of pages and 3 % less of object streams; of
 * these 8 makes another 4 % less in four times the time. */
enum { LEVEL = 6,
       JOBS = 64,              /* that wait at most, */
       MOST_BYTES = 3 << 18,   /* and what they hold: some twenty pages, or a full object stream and some */
       WORTH_A_THREAD = 1 << 16 /* that they hold, before one is begun */ };

struct job {
    struct stream stream;
    void *bytes; /* owned */
    size_t length, held;
    bool done;
};

struct deflater {
    struct libdeflate_compressor *here, *there; /* each thread's own */
    struct beside beside;
    bool tried;   /* to start the other one */
    size_t most;  /* bytes; 0: nothing waits, there is one thread */
    size_t oldest, held; /* this thread's alone, as are streams that nobody deflates */
    pthread_mutex_t lock; /* of what follows, and whether a job is done */
    pthread_cond_t changed;
    struct job jobs[JOBS]; /* numbered through, in places that come round again */
    size_t next, end;
    bool ended;
};

struct deflater *deflater_new(void)
{
    struct libdeflate_compressor *here = libdeflate_alloc_compressor(LEVEL);
    if (!here)
        return NULL;
    struct deflater *d = xcalloc(1, sizeof *d);
    d->here = here;
    d->most = beside_can() ? MOST_BYTES : 0;
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->changed, NULL);
    return d;
}

void deflater_drop(struct deflater *d)
{
    if (!d)
        return;
    pthread_mutex_lock(&d->lock);
    d->ended = true;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
    beside_end(&d->beside);
    for (; d->oldest < d->end; d->oldest++) {
        buf_drop(&d->jobs[d->oldest % JOBS].stream.text);
        free(d->jobs[d->oldest % JOBS].bytes);
    }
    pthread_cond_destroy(&d->changed);
    pthread_mutex_destroy(&d->lock);
    libdeflate_free_compressor(d->here);
    libdeflate_free_compressor(d->there);
    free(d);
}

size_t deflater_bound(const struct deflater *d, size_t length)
{
    return libdeflate_zlib_compress_bound(d->here, length) + HEAD_CODE_ROOM;
}

/* zlib's form (RFC 1950) around deflated bytes of two kinds. */
static void deflate_headed(struct libdeflate_compressor *by, struct stream *s, const char *bytes, size_t length)
{
    struct buf *text = &s->text;
    uint32_t sum = libdeflate_adler32(1, bytes, length);
    const char sum_bytes[4] = { (char)(sum >> 24), (char)(sum >> 16), (char)(sum >> 8), (char)sum };
    buf_add(text, "\x78\x9C", 2);
    head_code_add(text, bytes, s->head);
    char *to = text->data + text->length;
    size_t room = text->capacity - text->length - 1;
    size_t deflated = libdeflate_deflate_compress(by, bytes + s->head, length - s->head, to, room);
    s->failed = !deflated;
    text->length += deflated;
    buf_add(text, sum_bytes, sizeof sum_bytes);
}

/* Into the room that was left for it. */
static void deflate(struct libdeflate_compressor *by, struct stream *s, const void *bytes, size_t length)
{
    struct buf *text = &s->text;
    if (s->head) {
        deflate_headed(by, s, bytes, length);
        return;
    }
    size_t room = text->capacity - text->length - 1;
    size_t deflated = libdeflate_zlib_compress(by, bytes, length, text->data + text->length, room);
    s->failed = !deflated;
    text->length += deflated;
    text->data[text->length] = '\0';
}

/* NULL: there is none that nobody has begun and, where it `waits`, none will come. */
static struct job *begin_next(struct deflater *d, bool waits)
{
    struct job *job = NULL;
    pthread_mutex_lock(&d->lock);
    do {
        while (waits && !d->ended && d->next == d->end)
            pthread_cond_wait(&d->changed, &d->lock);
        job = d->ended || d->next == d->end ? NULL : &d->jobs[d->next++ % JOBS];
    } while (job && job->done);
    pthread_mutex_unlock(&d->lock);
    return job;
}

static void work(struct deflater *d, struct libdeflate_compressor *by, struct job *job)
{
    deflate(by, &job->stream, job->bytes, job->length);
    pthread_mutex_lock(&d->lock);
    job->done = true;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
}

static void work_beside(void *context)
{
    struct deflater *d = context;
    for (struct job *job; (job = begin_next(d, true));)
        work(d, d->there, job);
}

static void start(struct deflater *d)
{
    d->tried = true;
    d->there = libdeflate_alloc_compressor(LEVEL);
    if (!d->there || !beside_begin(&d->beside, work_beside, d))
        d->most = 0;
}

/* A stream that is larger than what may wait is not copied, but deflated at once. */
void deflater_put(struct deflater *d, const struct stream *stream, const void *bytes, size_t length)
{
    struct job job = { .stream = *stream, .length = length };
    if (stream->plain)
        buf_add(&job.stream.text, bytes, length);
    else
        buf_reserve(&job.stream.text, deflater_bound(d, length));
    job.held = job.stream.text.capacity + length;
    job.done = stream->plain || job.held > d->most;
    if (!job.done)
        job.bytes = memcpy(xrealloc(NULL, length + 1, 1), bytes, length);
    else if (!stream->plain)
        deflate(d->here, &job.stream, bytes, length);
    d->held += job.held;
    pthread_mutex_lock(&d->lock);
    d->next = d->next < d->oldest ? d->oldest : d->next; /* what is taken was done: its place is this one's */
    d->jobs[d->end++ % JOBS] = job;
    pthread_cond_signal(&d->changed);
    pthread_mutex_unlock(&d->lock);
    if (d->most && d->held > WORTH_A_THREAD && !d->tried)
        start(d);
}

static bool is_done(struct deflater *d, const struct job *job, bool waits)
{
    pthread_mutex_lock(&d->lock);
    while (waits && !job->done)
        pthread_cond_wait(&d->changed, &d->lock);
    bool done = job->done;
    pthread_mutex_unlock(&d->lock);
    return done;
}

bool deflater_take(struct deflater *d, bool all, struct stream *out)
{
    size_t count = d->end - d->oldest;
    if (!count || !(all || count == JOBS || d->held > d->most))
        return false;
    struct job *oldest = &d->jobs[d->oldest % JOBS], *other;
    while (!is_done(d, oldest, false)) {
        if ((other = begin_next(d, false)))
            work(d, d->here, other);
        else
            is_done(d, oldest, true);
    }
    *out = oldest->stream;
    d->held -= oldest->held;
    free(oldest->bytes);
    d->oldest++;
    return true;
}
