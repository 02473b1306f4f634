consumer_NAME := org.detent.consumer
