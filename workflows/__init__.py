"""How a process runs over time. The log is the truth; workflows hold ids and timers only."""
