@echo off
rem Runs one command of the Fairlead agent: enrol, status, audit, version ... UNTESTED: not run on Windows yet.
rem The service itself is started by Windows (sc start FairleadAgent), and runs `agent run` in fairlead-agent.exe.
setlocal EnableExtensions DisableDelayedExpansion
call "%~dp0names.cmd"

set "JAVA_EXE=%~dp0..\runtime\bin\java.exe"
if not exist "%JAVA_EXE%" if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA_EXE%" (
  echo fairlead-agent: no Java: run make-runtime.cmd first, or set JAVA_HOME to a Java runtime, 17 or newer.
  exit /b 1
)
set "JAR="
for %%J in ("%~dp0..\fairlead-agent-*.jar") do set "JAR=%%~fJ"
if not defined JAR (
  echo fairlead-agent: the program is missing beside "%~dp0".
  exit /b 1
)
"%JAVA_EXE%" -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dsun.net.http.retryPost=false -jar "%JAR%" %*
exit /b %ERRORLEVEL%
