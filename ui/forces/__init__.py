"""The parts of the task forces page: the form of one and the tasks it leads."""
