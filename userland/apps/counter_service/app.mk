counter_service_NAME := org.detent.examples.counter
