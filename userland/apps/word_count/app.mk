word_count_LIBC := yes
word_count_STACK := 1536
word_count_HEAP := 512
