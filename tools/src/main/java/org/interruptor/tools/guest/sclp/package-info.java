/**
 * The service-call logical processor (SCLP), as far as a console needs it: SERVICE CALL, the control block (SCCB), and the
 * service-signal interruption when a command is complete.
 *
 * <pre>
 *   SCCB    0       2        3             6        8
 *          +-------+--------+-------------+--------+----------------------------
 *          |length |function| control mask|response| what belongs to the command
 *          +-------+--------+-------------+--------+----------------------------
 *   event   0       2    3     4           6
 *   buffer +-------+----+-----+-----------+-------------------------------------
 *          |length |type|flags| reserved  | data: of type 0x1a text for the console
 *          +-------+----+-----+-----------+-------------------------------------
 * </pre>
 *
 * <p>A command is carried out on the calling CPU's thread, and its service signal queued as a floating interruption; its
 * parameter is the address of the control block.
 */
package org.interruptor.tools.guest.sclp;
