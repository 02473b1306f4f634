rot13_service_NAME := org.tockos.examples.rot13
