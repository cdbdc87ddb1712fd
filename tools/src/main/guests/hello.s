# Prints a line and ends.

    .include "guest.inc"
    .text
FUNCTION main
    PRINT "Hello from a guest on the engine.\n"
    RETURN
