"""The words beside the times of a deadline: what goes on all year, what is vague, what is a season, what says nothing of when."""

import re

ONGOING = re.compile(r"全年|长期|长年|常年|常态|持续|贯穿|始终|日常|经常|不间断|一直")
RECURRING = re.compile(r"每(?:[一二三四两\d]*)(?:天|日|周|星期|旬|个?月|双月|季|半年|年)|按[月季周]|逐[月季]")
VAGUE = re.compile(r"待定|暂定|左右|大约|约|视|另行|或者?|未定")
SEASON = re.compile(
    r"[入立开初早仲晚盛深隆][春夏秋冬]|[春夏秋冬](?:[天季末初节耕收种]|[之以]?前|之?[内后])|春夏|秋冬|[春夏秋冬]$"
)
FILLER = re.compile(
    r"(?:力争|争取|确保|务必|必须|预计|预期|计划|拟|在|于|截止|截至|截|至|到|自|从|起|止|前|之前|以前|以内|之内|"
    r"完成|基本|全面|全部|完工|竣工|建成|投用|投入使用|"
    r"验收|通过|结束|到位|办结|落实|见效|交付|实施|启动|开工|推进|达标|报批|坚持|开展|进行|做好|工作|"
    r"化|性|地|并|底|末|份|完|毕|成|的|初步|按时|[,。;、.:!\-—~])*"
)
