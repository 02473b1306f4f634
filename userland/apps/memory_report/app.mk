memory_report_STACK := 1536
memory_report_HEAP := 256
