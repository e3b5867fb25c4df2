"""What an office does so that nothing on the list is forgotten: extensions, notices, inspections, findings, and their sources."""
