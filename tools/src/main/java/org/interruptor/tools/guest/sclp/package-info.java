/**
 * The service-call logical processor (SCLP): SERVICE CALL, its control block (SCCB), and the service-signal interruption when a
 * command is complete. The machine asks it for its size and its CPUs; the guest's console is its event facility.
 *
 * <pre>
 *   SCCB    0       2        3             6        8
 *          +-------+--------+-------------+--------+----------------------------
 *          |length |function| control mask|response| what belongs to the command
 *          +-------+--------+-------------+--------+----------------------------
 *
 *   command                                             class
 *   0x00120001 READ SCP INFO, 0x00020001 the same       MachineInformation
 *   0x00010001 READ CPU INFO                            MachineInformation
 *   0x00780005 WRITE EVENT MASK                         EventFacility
 *   0x00760005 WRITE EVENT DATA: text to the console    EventFacility, LineMode
 *   0x00770005 READ EVENT DATA: input                   EventFacility, ConsoleInput
 * </pre>
 *
 * <p>A command is carried out on the calling CPU's thread, and its service signal queued as a floating interruption; its
 * parameter is the address of the control block. Input makes a service signal of its own, with parameter 1.
 *
 * <p>Not part of the Principles of Operation. Missing: reconfiguration of CPUs and storage, line-mode input, signal quiesce.
 */
package org.interruptor.tools.guest.sclp;
