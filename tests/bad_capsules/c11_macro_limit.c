/* A macro's name before the macro is there.
 *
 * EXPECT: refuse C11 "'PROCESS_ID_NONE' hides"
 */

enum {
	PROCESS_ID_NONE = 4
};
