"""What people do, one module a verb: load, decide, write, audit."""
