#pragma once

struct bad_pair {
	struct bad_entry first; /* whichever that is */
	struct bad_entry second;
};
