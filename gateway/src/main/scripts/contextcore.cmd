@echo off
rem Starts ContextCore Gateway. `contextcore help` lists the commands.
rem   JAVA_HOME               the Java to use (17 or newer); otherwise the one on PATH
rem   CONTEXTCORE_JAVA_OPTS   options of the JVM, in place of our collector and size of the heap
setlocal
for %%i in ("%~dp0..") do set "home=%%~fi"

set "java=java.exe"
if not defined JAVA_HOME goto found
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto found
echo contextcore: JAVA_HOME is %JAVA_HOME%, but %java% is not there (expected the folder of a Java 17 or newer) 1>&2
exit /b 1

:found
set "version="
for /f tokens^=2^ delims^=.-_+^" %%v in ('""%java%" -version 2^>^&1 ^| findstr /c:" version ""') do set "version=%%v"
if not defined version goto missing
if %version% geq 17 goto start
echo contextcore: %java% is version %version% (expected Java 17 or newer): set JAVA_HOME to a newer one 1>&2
exit /b 1

:missing
echo contextcore: Java 17 or newer is needed: install it, or set JAVA_HOME to its folder 1>&2
exit /b 1

:start
rem The store and the network library call native code; Java 24 and newer want that said.
set "options=--enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 -XX:+ExitOnOutOfMemoryError"
set "collector=-XX:+UseParallelGC"
if /i not "%~1"=="serve" if /i not "%~1"=="dev" if /i not "%~1"=="replay" set "options=%options% -XX:TieredStopAtLevel=1" & set "collector=-XX:+UseSerialGC"
rem What lives is small and nearly all else dies young: the cheapest barriers, and a heap with a bound.
if not defined CONTEXTCORE_JAVA_OPTS set "options=%options% %collector% -Xmx640m -XX:MaxNewSize=256m"
"%java%" %options% %CONTEXTCORE_JAVA_OPTS% "-Dcontextcore.home=%home%" -jar "%home%\lib\contextcore-gateway.jar" %*
exit /b %errorlevel%
