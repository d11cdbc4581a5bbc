"""Everything outside the process: the clock and, later, networks and tools."""
