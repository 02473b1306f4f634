#pragma once

/* Error codes as applications see them (TRD 104, section 3.3). 0 is success and never travels as an
 * error; in upcall arguments ("status") it means success. */
enum error_code {
	ERROR_NONE = 0,
	ERROR_FAIL = 1,         /* no better word for it */
	ERROR_BUSY = 2,         /* try again later */
	ERROR_ALREADY = 3,      /* what was asked for is already so */
	ERROR_OFF = 4,          /* the hardware is switched off */
	ERROR_RESERVE = 5,      /* something has to be reserved first */
	ERROR_INVAL = 6,        /* an argument makes no sense */
	ERROR_SIZE = 7,         /* a length is too large or too small */
	ERROR_CANCEL = 8,       /* ended before its time, on request */
	ERROR_NOMEM = 9,        /* no memory left in the process that pays for it */
	ERROR_NOSUPPORT = 10,   /* the driver has no such operation */
	ERROR_NODEVICE = 11,    /* no such driver or device */
	ERROR_UNINSTALLED = 12, /* the hardware is not plugged in */
	ERROR_NOACK = 13,       /* the other side did not answer */
};
