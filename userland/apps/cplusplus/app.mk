cplusplus_HEAP := 128
