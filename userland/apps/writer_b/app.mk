writer_b_SOURCES := userland/apps/writer_a/lines.c
