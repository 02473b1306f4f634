hello_printf_LIBC := yes
hello_printf_STACK := 768
