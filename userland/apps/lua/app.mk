lua_LIBC := yes
lua_STACK := 12288
lua_HEAP := 26624

# All of the stand-alone interpreter, as Debian has it.
lua_PACKAGE := lua5.4
lua_PACKAGE_SOURCES := $(patsubst %,src/%.c,lapi lauxlib lbaselib lcode lcorolib lctype ldblib ldebug ldo ldump lfunc lgc linit \
	liolib llex lmathlib lmem loadlib lobject lopcodes loslib lparser lstate lstring lstrlib ltable ltablib ltm lua lundump \
	lutf8lib lvm lzio)

# Lua's configuration is read before each file, and ours corrects it; for that it must be told what most files say
# themselves, that they are parts of Lua.
lua_PACKAGE_CFLAGS := -Dmain=lua_main -DLUA_CORE= -I userland/apps/lua -I build/sources/lua5.4/src \
	-include luaconf.h -include userland/apps/lua/configuration.h
