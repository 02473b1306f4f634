lender_NAME := org.detent.tests.lender
