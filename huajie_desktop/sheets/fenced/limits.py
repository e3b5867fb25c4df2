"""Caps the memory of the reader process, so that a hostile workbook ends it and not the computer. Imported by the child only."""

import sys

MEMORY = 760 * 2**20  # bytes; a 100,000 x 20 sheet needs 270 MiB, parent and child together stay below 1 GiB


def cap_memory(size: int = MEMORY) -> None:
    """Allows this process at most `size` bytes; where the system refuses, the deadline is the only fence left."""
    try:
        if sys.platform == "win32":
            _cap_by_job(size)
        else:
            import resource  # exists on POSIX only

            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (OSError, ValueError):
        pass


def _cap_by_job(size: int) -> None:
    """Puts this process into a Windows job object with a limit on committed memory and without crash dialogs."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_memory, die_on_unhandled_exception, extended_limit_information = 0x100, 0x400, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR]
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    job = kernel.CreateJobObjectW(None, None)  # never closed: the limit lives as long as this process
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = process_memory | die_on_unhandled_exception
    limits.ProcessMemoryLimit = size
    if kernel.SetInformationJobObject(job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    kernel.SetErrorMode(0x0001 | 0x0002)  # no "has stopped working" window
