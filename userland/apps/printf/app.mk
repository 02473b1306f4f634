printf_LIBC := yes
printf_STACK := 1536
printf_HEAP := 512
