@echo off
rem Makes a small Java runtime for the agent (about 60 MB instead of 300), in runtime\ beside the program: the twin of
rem bin/make-runtime. UNTESTED: not run on Windows yet. JAVA_HOME is a JDK for Windows, 17 or newer, with its jmods.
setlocal EnableExtensions DisableDelayedExpansion
if not defined JAVA_HOME (
  echo make-runtime: set JAVA_HOME to a JDK, 17 or newer.
  exit /b 1
)
if exist "%~dp0..\runtime" (
  echo make-runtime: "%~dp0..\runtime" is there already: remove it first.
  exit /b 1
)
set "MODULES="
set /p MODULES=<"%~dp0..\runtime.modules"
"%JAVA_HOME%\bin\jlink.exe" --add-modules %MODULES% --strip-debug --no-header-files --no-man-pages --compress=2 --output "%~dp0..\runtime"
if errorlevel 1 exit /b 1
"%~dp0..\runtime\bin\java.exe" -Xshare:dump -XX:SharedClassListFile="%~dp0..\runtime.classes" -Xlog:disable -Xlog:all=error >nul
if errorlevel 1 echo make-runtime: no archive of classes: the agent takes about 10 MB more memory.
exit /b 0
