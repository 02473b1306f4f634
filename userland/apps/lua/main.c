#include <lines.h>
#include <stack.h>
#include <stdbool.h>

struct lua_State;

enum {
	/* Bytes, for the error's message and the traceback. */
	STACK_RESERVE = 2560
};

/* The interpreter's own main, which has another name here (app.mk), and what raises an error in it. */
int lua_main(int count, char **arguments);
int luaL_error(struct lua_State *lua, const char *format, ...);

/* An error is raised once on the way down; making its message comes by here again. */
void stack_check(struct lua_State *lua)
{
	static bool is_raised;
	bool was_raised = is_raised;

	is_raised = stack_left() < STACK_RESERVE;
	if (is_raised && !was_raised) {
		luaL_error(lua, "C stack overflow");
	}
}

int main(void)
{
	static char name[] = "lua";
	char *arguments[] = {name, 0};

	lines_begin();
	return lua_main(1, arguments);
}
