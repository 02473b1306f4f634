# Of a libFuzzer program, for the scripts beside this: where its inputs are, and how long they get. Sets name, kept,
# found and longest from program.
name=$(basename "$program")
kept=tests/fuzz/corpus/${name%_armv7m}
kept=${kept%_rv32} # one corpus for both architectures
found=$program.corpus
case $name in fuzz_pack | fuzz_archive) longest=4096 ;; *) longest=2048 ;; esac
