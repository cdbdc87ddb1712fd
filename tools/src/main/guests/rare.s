# The same with instructions that some emulators lack, or do not do as the architecture says.

    .set RARE, 1
    .include "instructions.s"
