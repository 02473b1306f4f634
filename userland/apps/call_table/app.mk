# 1 KiB of stack, of which the lowest bytes are watched, and a heap, of which the highest are.
call_table_HEAP := 64
