#pragma once

/* What Lua leaves to whoever compiles it, for a stack of 12 KiB. The compiler reads this right after Lua's own luaconf.h,
 * before each of its sources (app.mk). */

/* Bytes of each buffer on the stack; what is longer goes to the heap. */
#undef LUAL_BUFFERSIZE
#define LUAL_BUFFERSIZE 128

/* Levels of calls in C, of the parser, and of a pattern's matching. A level of the parser takes up to 350 bytes. */
#define LUAI_MAXCCALLS 30
#define MAXCCALLS      30

/* On the way into each function of its interface: it is here that functions in C, with larger frames, call back. */
struct lua_State;
void stack_check(struct lua_State *lua);
#define lua_lock(lua)   stack_check(lua)
#define lua_unlock(lua) ((void)0)
