@echo off
rem Installs the Fairlead agent as a Windows service, or brings an installed one up to date. UNTESTED: written by the
rem documentation of Windows and of Apache Commons Daemon (procrun), and not run on Windows yet.
rem
rem   1. make-runtime.cmd           on any Windows PC with a JDK; or set JAVA_HOME to a Java runtime, 17 or newer
rem   2. install.cmd                as administrator
rem   3. edit %ProgramData%\Fairlead\site.conf: it belongs to you, and the agent cannot write it
rem   4. "%ProgramFiles%\Fairlead\agent\windows\fairlead-agent.cmd" enrol -      as administrator; then paste the string
rem   5. sc start FairleadAgent
rem
rem What it makes:
rem   the service FairleadAgent     started with Windows, started anew by Windows 1, 5 and then always 10 seconds after it
rem                                 failed (an exit code that is not 0, such as 75: "start me anew"); below normal priority
rem   the account                   NT SERVICE\FairleadAgent: a virtual account of its own, no administrator, no password
rem   the program's folder          all may read and run, only administrators may write
rem   the data folder               the service and administrators only
rem   status                        the service writes, all may read
rem   site.conf                     administrators write, the service reads
rem Exit codes: 0 done, 1 something failed (said above it).
setlocal EnableExtensions DisableDelayedExpansion
call "%~dp0names.cmd"

net session >nul 2>&1
if errorlevel 1 (
  echo install: run this as administrator.
  exit /b 1
)

rem The service is stopped first, so that its files can be replaced.
sc query "%SERVICE%" >nul 2>&1
if not errorlevel 1 (
  sc stop "%SERVICE%" >nul 2>&1
  timeout /t 15 /nobreak >nul
)

if /i not "%~dp0"=="%PROGRAM%\windows\" (
  robocopy "%~dp0.." "%PROGRAM%" /E /R:5 /W:2 /NFL /NDL /NJH /NJS >nul
  if errorlevel 8 (
    echo install: cannot copy the program to "%PROGRAM%".
    exit /b 1
  )
)

set "JVM=%PROGRAM%\runtime\bin\server\jvm.dll"
if not exist "%JVM%" if defined JAVA_HOME set "JVM=%JAVA_HOME%\bin\server\jvm.dll"
if not exist "%JVM%" (
  echo install: no Java at "%JVM%": run make-runtime.cmd first, or set JAVA_HOME to a Java runtime, 17 or newer.
  exit /b 1
)

set "JAR="
for %%J in ("%PROGRAM%\fairlead-agent-*.jar") do set "JAR=%%~fJ"
if not defined JAR (
  echo install: the program is missing in "%PROGRAM%".
  exit /b 1
)

rem The service itself. Its account is set right after: procrun cannot make a virtual one.
set "VERB=IS"
sc query "%SERVICE%" >nul 2>&1
if not errorlevel 1 set "VERB=US"
set "OPTIONS=-XX:+IgnoreUnrecognizedVMOptions;-Xmx32m;-Xms4m;-Xmn1m;-XX:MinHeapFreeRatio=2;-XX:MaxHeapFreeRatio=5"
set "OPTIONS=%OPTIONS%;-XX:+UnlockDiagnosticVMOptions;-XX:AsyncDeflationInterval=5000;-XX:GuaranteedSafepointInterval=0"
set "OPTIONS=%OPTIONS%;-XX:-ShrinkHeapInSteps;-XX:MarkSweepDeadRatio=0;-Xss256k;-XX:+UseSerialGC;-XX:TieredStopAtLevel=1;-XX:CompileThresholdScaling=10"
set "OPTIONS=%OPTIONS%;-XX:ReservedCodeCacheSize=24m;-XX:MaxMetaspaceSize=64m;-XX:StringTableSize=4096;-XX:TrimNativeHeapInterval=60000;-XX:+ExitOnOutOfMemoryError;-XX:-UsePerfData;-Xshare:auto"
set "OPTIONS=%OPTIONS%;-Djava.awt.headless=true;-Dsun.net.http.retryPost=false;-Djdk.tls.rejectClientInitiatedRenegotiation=true;-Xrs"
"%PROGRAM%\windows\%EXE%" //%VERB%//%SERVICE% --DisplayName="Fairlead agent" ^
  --Description="Reports on this instrument, and does what site.conf allows." --Startup=auto ^
  --Jvm="%JVM%" --JvmOptions="%OPTIONS%" --Classpath="%JAR%" ^
  --StartMode=jvm --StartClass=io.fairlead.agent.app.Main --StartMethod=main --StartParams=run ^
  --StopMode=jvm --StopClass=java.lang.System --StopMethod=exit --StopTimeout=15 ^
  --LogPath="%DATA%\log" --LogPrefix=service --LogLevel=Warn
if errorlevel 1 (
  echo install: the service cannot be made.
  exit /b 1
)
sc config "%SERVICE%" obj= "%ACCOUNT%" password= "" >nul || goto failed
sc sidtype "%SERVICE%" unrestricted >nul || goto failed
sc failure "%SERVICE%" reset= 3600 actions= restart/1000/restart/5000/restart/10000 >nul || goto failed
sc failureflag "%SERVICE%" 1 >nul || goto failed
rem 5 is below normal.
reg add "%PRIORITY%" /v CpuPriorityClass /t REG_DWORD /d 5 /f >nul || goto failed

rem Who may do what. The folder above first; what is inherited from Windows is cut off.
rem Any user may make a folder in %ProgramData%, and whoever made one before us owns it and chose what is in it. So what is
rem there already must be no link and must belong to the administrators or the system; it is refused otherwise. Then the
rem folder above is closed, and only after that whatever others were granted inside is taken back.
call :owned "%FAIRLEAD%" || exit /b 1
call :owned "%DATA%" || exit /b 1
call :owned "%STATUS%" || exit /b 1
call :owned "%SITE%" || exit /b 1
if not exist "%FAIRLEAD%" mkdir "%FAIRLEAD%"
icacls "%FAIRLEAD%" /setowner "%ADMINISTRATORS_SID%" /L >nul || goto failed
icacls "%FAIRLEAD%" /reset /L >nul || goto failed
icacls "%FAIRLEAD%" /inheritance:r /grant:r "%SYSTEM_SID%:(OI)(CI)F" "%ADMINISTRATORS_SID%:(OI)(CI)F" >nul || goto failed
if not exist "%DATA%" mkdir "%DATA%"
if not exist "%STATUS%" mkdir "%STATUS%"
rem Looked at once more: until a moment ago somebody could still have put something here.
call :owned "%FAIRLEAD%" || exit /b 1
call :owned "%DATA%" || exit /b 1
call :owned "%STATUS%" || exit /b 1
call :owned "%SITE%" || exit /b 1
icacls "%FAIRLEAD%\*" /setowner "%ADMINISTRATORS_SID%" /T /L /Q >nul || goto failed
icacls "%FAIRLEAD%\*" /reset /T /L /Q >nul || goto failed
if not exist "%SITE%" copy "%PROGRAM%\site.conf.reference" "%SITE%" >nul
icacls "%PROGRAM%" /reset /T /L /Q >nul || goto failed
icacls "%PROGRAM%" /inheritance:r /grant:r "%SYSTEM_SID%:(OI)(CI)F" "%ADMINISTRATORS_SID%:(OI)(CI)F" "%USERS_SID%:(OI)(CI)RX" "%ACCOUNT%:(OI)(CI)RX" >nul || goto failed
icacls "%FAIRLEAD%" /inheritance:r /grant:r "%SYSTEM_SID%:(OI)(CI)F" "%ADMINISTRATORS_SID%:(OI)(CI)F" "%USERS_SID%:RX" "%ACCOUNT%:RX" >nul || goto failed
icacls "%DATA%" /inheritance:r /grant:r "%SYSTEM_SID%:(OI)(CI)F" "%ADMINISTRATORS_SID%:(OI)(CI)F" "%ACCOUNT%:(OI)(CI)M" >nul || goto failed
icacls "%STATUS%" /inheritance:r /grant:r "%SYSTEM_SID%:(OI)(CI)F" "%ADMINISTRATORS_SID%:(OI)(CI)F" "%USERS_SID%:(OI)(CI)RX" "%ACCOUNT%:(OI)(CI)M" >nul || goto failed
icacls "%SITE%" /inheritance:r /grant:r "%SYSTEM_SID%:F" "%ADMINISTRATORS_SID%:F" "%ACCOUNT%:R" >nul || goto failed
icacls "%SITE%" /setowner "%ADMINISTRATORS_SID%" >nul || goto failed

echo Installed. Next: edit %SITE%, then
echo   "%PROGRAM%\windows\fairlead-agent.cmd" enrol -
echo   sc start %SERVICE%
exit /b 0

:failed
echo install: the last step failed with code %ERRORLEVEL%. Run install.cmd again; uninstall.cmd takes everything back.
exit /b 1

:owned
rem %1 is missing, or neither link nor a stranger's.
if not exist "%~1" exit /b 0
fsutil reparsepoint query "%~1" >nul 2>&1
if not errorlevel 1 (
  echo install: "%~1" is a link or a junction, made by somebody else: remove it, and run this again.
  exit /b 1
)
set "LOOKED=%~1"
set "OWNER="
for /f "delims=" %%O in ('powershell -NoProfile -NonInteractive -Command "(Get-Acl -LiteralPath $env:LOOKED).GetOwner([Security.Principal.SecurityIdentifier]).Value"') do set "OWNER=%%O"
if "*%OWNER%"=="%ADMINISTRATORS_SID%" exit /b 0
if "*%OWNER%"=="%SYSTEM_SID%" exit /b 0
echo install: "%~1" was there before and belongs to "%OWNER%", not to the administrators: look what is in it, move it away,
echo and run this again.
exit /b 1
