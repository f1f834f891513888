/** One small HTTP server on the loopback interface, the faults that can be put into it, and a directory that survives kill -9. */
package dev.plasmite.sandbox.loopback;
