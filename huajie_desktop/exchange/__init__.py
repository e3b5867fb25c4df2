"""In and out: imports from reading to taking in, tables typed or pasted, exports."""
