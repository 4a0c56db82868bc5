/* mujaz schema: the JSON Schema of a file, on standard output. */
#include "commands/cmd.h"

#include <stdio.h>

#include "workspace/schema.h"

enum exit_code cmd_schema(const struct options *o)
{
    struct buf out;
    buf_init(&out);
    schema_write(o->schema_of, &out);
    fwrite(out.data, 1, out.length, stdout); /* checked when the program ends, with its errno */
    buf_drop(&out);
    return EXIT_DONE;
}
