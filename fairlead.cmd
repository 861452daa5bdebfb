@echo off
rem Fairlead's launcher for Windows. UNTESTED: written with care beside ./fairlead, but never run on Windows.
rem It does what ./fairlead does: builds what is missing, finds a Java that fits, and starts one of the programs.
rem It knows less: it builds when a program is missing, not when it is older than its sources (fairlead build does).
setlocal EnableExtensions DisableDelayedExpansion

set "HERE=%~dp0"
if "%HERE:~-1%"=="\" set "HERE=%HERE:~0,-1%"
set "VERSION=0.1.0"
set "ENTERPRISE_JAR=%HERE%\enterprise\target\fairlead-enterprise-%VERSION%.jar"
set "AGENT_JAR=%HERE%\agent\target\fairlead-agent-%VERSION%.jar"
set "DEMO_JAR=%HERE%\demo\target\fairlead-demo-%VERSION%.jar"
set "CLIENT_FLAGS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto"

if "%~1"=="" goto usage_error
if /i "%~1"=="-h" goto usage
if /i "%~1"=="--help" goto usage
if /i "%~1"=="help" goto usage

call :find_java || exit /b 3
if /i "%~1"=="build" goto build_all
if /i "%~1"=="test" goto test
if /i "%~1"=="demo" goto demo
if /i "%~1"=="agent" goto agent
if /i "%~1"=="check" goto check
goto enterprise

:enterprise
call :ensure enterprise "%ENTERPRISE_JAR%" || exit /b 3
set "FLAGS=%CLIENT_FLAGS%"
if /i "%~1"=="enterprise" if /i "%~2"=="run" set "FLAGS=-Djdk.tls.rejectClientInitiatedRenegotiation=true -XX:+ExitOnOutOfMemoryError"
"%JAVA%" %FLAGS% %FAIRLEAD_JAVA_OPTS% -jar "%ENTERPRISE_JAR%" %*
exit /b %ERRORLEVEL%

:check
call :ensure agent "%AGENT_JAR%" || exit /b 3
"%JAVA%" %CLIENT_FLAGS% %FAIRLEAD_JAVA_OPTS% -jar "%AGENT_JAR%" %*
exit /b %ERRORLEVEL%

:agent
call :ensure agent "%AGENT_JAR%" || exit /b 3
call :without_first %*
rem An agent that ends with another code than 0 is started anew, by itself or by a failure alike.
if /i not "%~2"=="run" (
  "%JAVA%" %CLIENT_FLAGS% %FAIRLEAD_JAVA_OPTS% -jar "%AGENT_JAR%" %REST%
  goto agent_end
)
:agent_again
"%JAVA%" -Xmx48m -Xss256k -XX:+ExitOnOutOfMemoryError %CLIENT_FLAGS% %FAIRLEAD_JAVA_OPTS% -jar "%AGENT_JAR%" %REST%
if %ERRORLEVEL%==0 exit /b 0
if %ERRORLEVEL%==2 exit /b 2
echo The agent ended with code %ERRORLEVEL%; it starts again in 3 seconds. 1>&2
timeout /t 3 /nobreak >nul
goto agent_again
:agent_end
exit /b %ERRORLEVEL%

:demo
call :ensure demo "%DEMO_JAR%" || exit /b 3
call :without_first %*
"%JAVA%" %CLIENT_FLAGS% %FAIRLEAD_JAVA_OPTS% "-Dfairlead.home=%HERE%" -jar "%DEMO_JAR%" %REST%
exit /b %ERRORLEVEL%

:test
call :without_first %*
call set "REST=%%REST:--long=-Dlong=true%%"
pushd "%HERE%"
call mvn -B --fail-at-end verify %REST%
set "CODE=%ERRORLEVEL%"
popd
exit /b %CODE%

:build_all
call :build enterprise || exit /b 3
call :build agent || exit /b 3
call :build demo || exit /b 3
exit /b 0

rem ---- what is needed -------------------------------------------------------------------------------------------------

:ensure
if exist "%~2" exit /b 0
call :build %1
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>nul
if errorlevel 1 (
  echo fairlead: Maven 3.8.7 or newer is needed to build, and there is no mvn on the path. 1>&2
  exit /b 3
)
echo Building %1. The first time Maven also downloads its libraries. 1>&2
pushd "%HERE%"
call mvn -B -q -pl %1 -am package -DskipTests -Dmaven.test.skip=true -Dguards.errorprone=false -Dspotless.check.skip=true -Dcyclonedx.skip=true
set "CODE=%ERRORLEVEL%"
popd
if not "%CODE%"=="0" echo fairlead: the build failed. 1>&2
exit /b %CODE%

:find_java
set "JAVA="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if not defined JAVA (
  echo fairlead: Java 17 or newer is needed, and none was found. Set JAVA_HOME. 1>&2
  exit /b 3
)
set "MAJOR="
for /f "tokens=3" %%V in ('""%JAVA%" -version 2^>^&1 ^| findstr /i version"') do if not defined MAJOR set "MAJOR=%%~V"
for /f "tokens=1 delims=.-+" %%M in ("%MAJOR%") do set "MAJOR=%%M"
if %MAJOR% LSS 17 (
  echo fairlead: Java 17 or newer is needed; %JAVA% is %MAJOR%. Set JAVA_HOME. 1>&2
  exit /b 3
)
exit /b 0

rem The arguments after the first, as they were given.
:without_first
set "REST="
shift
:without_first_next
if "%~1"=="" exit /b 0
set REST=%REST% %1
shift
goto without_first_next

:usage_error
call :print_usage 1>&2
exit /b 2

:usage
call :print_usage
exit /b 0

:print_usage
echo Fairlead: remote service for laboratory and medical instruments.  (Windows launcher: untested)
echo.
echo   fairlead demo [--data DIR] [--agents N] [--port P] [--for 30s]
echo   fairlead test [--long]
echo   fairlead enterprise run --config FILE
echo   fairlead agent enrol STRING
echo   fairlead agent run
echo   fairlead check [URL]
echo   fairlead build
echo.
echo   fairlead devices ^| enrol ^| instruct ^| transfers ^| history ^| audit list      clients of a running server
echo.
echo Help at every level: fairlead devices --help
exit /b 0
