# The same with traps, and with what some emulators do differently.

    .set TRAPS, 1
    .include "floating.s"
