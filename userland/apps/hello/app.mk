hello_STACK := 256
