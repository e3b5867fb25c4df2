"""Ill treatment: the real program's work killed, starved of disk and lied to by it, and what is left looked at afterwards."""
