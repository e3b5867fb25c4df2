"""Faults nobody foresaw: written whole to a file in the data folder, told in one sentence."""

import traceback
from datetime import datetime
from pathlib import Path

LOG = "faults.log"


def record_fault(folder: Path, error: BaseException) -> str:
    """Appends the fault with its trace to the log in `folder` and returns the sentence for the user."""
    text = f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{''.join(traceback.format_exception(error))}\n"
    try:
        with (folder / LOG).open("a", encoding="utf-8") as log:
            log.write(text)
    except OSError:
        return "程序遇到意外错误，这一步没有完成，已保存的数据完好。错误记录也无法写入，请检查磁盘空间和数据文件夹权限。"
    return f"程序遇到意外错误，这一步没有完成，已保存的数据完好。详情已记入 {folder / LOG}，请把该文件交给管理员。"
