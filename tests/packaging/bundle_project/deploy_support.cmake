# SPDX-License-Identifier: MIT
# Stands for Qt's, which only a Mac can run: writes down what it was asked for, and brings one library.
function(qt6_deploy_runtime_dependencies)
    set(contents $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/Lavascope.app/Contents)
    file(WRITE ${contents}/Resources/asked.txt "${ARGV}")
    file(COPY ${contents}/MacOS/lavascope-cli DESTINATION ${contents}/PlugIns/platforms)
    file(RENAME ${contents}/PlugIns/platforms/lavascope-cli ${contents}/PlugIns/platforms/libqcocoa.dylib)
endfunction()
