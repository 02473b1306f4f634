memory_hog_HEAP := 2048
