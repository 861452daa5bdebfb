@rem What the Windows scripts and the agent agree on. Called by the others; sets variables, does nothing.
set "SERVICE=FairleadAgent"
set "ACCOUNT=NT SERVICE\FairleadAgent"
set "PROGRAM=%ProgramFiles%\Fairlead\agent"
set "FAIRLEAD=%ProgramData%\Fairlead"
set "DATA=%ProgramData%\Fairlead\agent"
set "STATUS=%ProgramData%\Fairlead\status"
set "SITE=%ProgramData%\Fairlead\site.conf"
set "EXE=fairlead-agent.exe"
set "PRIORITY=HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Image File Execution Options\fairlead-agent.exe\PerfOptions"
rem By number, for the names differ from language to language: the system, administrators, users.
set "SYSTEM_SID=*S-1-5-18"
set "ADMINISTRATORS_SID=*S-1-5-32-544"
set "USERS_SID=*S-1-5-32-545"
