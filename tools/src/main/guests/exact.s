# interruptions.s to the instruction.

    .equ EXACT, 1
    .include "interruptions.s"
