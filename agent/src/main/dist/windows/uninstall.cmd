@echo off
rem Takes the Fairlead agent's service and program away. UNTESTED: not run on Windows yet.
rem
rem   uninstall.cmd          keeps %ProgramData%\Fairlead: identity, spool, audit, site.conf
rem   uninstall.cmd /data    removes that as well; the device must then be enrolled anew
setlocal EnableExtensions DisableDelayedExpansion
call "%~dp0names.cmd"

net session >nul 2>&1
if errorlevel 1 (
  echo uninstall: run this as administrator.
  exit /b 1
)
sc query "%SERVICE%" >nul 2>&1
if not errorlevel 1 (
  sc stop "%SERVICE%" >nul 2>&1
  timeout /t 15 /nobreak >nul
  sc delete "%SERVICE%" >nul
  if errorlevel 1 (
    echo uninstall: the service cannot be deleted.
    exit /b 1
  )
)
reg delete "%PRIORITY%" /f >nul 2>&1
if /i "%~1"=="/data" (
  rmdir /s /q "%FAIRLEAD%"
  echo Removed "%FAIRLEAD%": tell the enterprise that this device is gone.
) else (
  echo Kept "%FAIRLEAD%". To remove it as well: uninstall.cmd /data
)
rem This script may lie in the folder that goes: the last command of it.
cd /d "%SystemRoot%"
rmdir /s /q "%PROGRAM%" & exit /b 0
