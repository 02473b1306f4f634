#include <completion.h>

const char *error_name(enum error_code error)
{
	static const char names[][12] = {
	    [ERROR_NONE] = "NONE",
	    [ERROR_FAIL] = "FAIL",
	    [ERROR_BUSY] = "BUSY",
	    [ERROR_ALREADY] = "ALREADY",
	    [ERROR_OFF] = "OFF",
	    [ERROR_RESERVE] = "RESERVE",
	    [ERROR_INVAL] = "INVAL",
	    [ERROR_SIZE] = "SIZE",
	    [ERROR_CANCEL] = "CANCEL",
	    [ERROR_NOMEM] = "NOMEM",
	    [ERROR_NOSUPPORT] = "NOSUPPORT",
	    [ERROR_NODEVICE] = "NODEVICE",
	    [ERROR_UNINSTALLED] = "UNINSTALLED",
	    [ERROR_NOACK] = "NOACK",
	};

	return (uint32_t)error < sizeof(names) / sizeof(names[0]) ? names[error] : "?";
}
