# SPDX-License-Identifier: MIT
# What is installed on Windows: one folder with all that the programs need. check-libraries proves that nothing is
# missing and that nothing is there for nothing.
install(TARGETS lavascope lavascope-cli RUNTIME DESTINATION .)
foreach(module IN ITEMS Core Gui Widgets Network)
    install(FILES $<TARGET_FILE:Qt6::${module}> DESTINATION .)
endforeach()
if(TARGET Qt6::Multimedia)
    install(FILES $<TARGET_FILE:Qt6::Multimedia> DESTINATION .)
endif()

# What Qt loads by itself: windows, and TLS of the system. The look is that of Fusion, which Qt has in it.
install(FILES $<TARGET_FILE:Qt6::QWindowsIntegrationPlugin> DESTINATION plugins/platforms)
install(FILES $<TARGET_FILE:Qt6::QSchannelBackendPlugin> DESTINATION plugins/tls)
# Without it Qt would look for plugins beside our folder too.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/qt.conf DESTINATION .)

# The compiler's own libraries.
if(MINGW)
    foreach(library IN ITEMS libgcc_s_seh-1.dll libstdc++-6.dll libwinpthread-1.dll)
        execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=${library}
            OUTPUT_VARIABLE file OUTPUT_STRIP_TRAILING_WHITESPACE)
        if(NOT IS_ABSOLUTE "${file}") # the threads' lies with the system's libraries
            find_file(file_of_${library} ${library} PATHS /usr/x86_64-w64-mingw32/lib NO_DEFAULT_PATH
                NO_CMAKE_FIND_ROOT_PATH REQUIRED)
            set(file ${file_of_${library}})
        endif()
        install(FILES ${file} DESTINATION .)
    endforeach()
else()
    set(CMAKE_INSTALL_SYSTEM_RUNTIME_DESTINATION .)
    include(InstallRequiredSystemLibraries)
endif()

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION . RENAME LICENSE.txt)
# The licences of what lies beside the programs or in them, as Debian has them.
set(licences
    "Qt.txt=/usr/share/doc/qt6-base-dev/copyright"
    "LGPL-3.txt=/usr/share/common-licenses/LGPL-3"
    "GPL-3.txt=/usr/share/common-licenses/GPL-3"
    "GCC.txt=/usr/share/doc/gcc-mingw-w64-x86-64-posix-runtime/copyright"
    "mingw-w64.txt=/usr/share/doc/mingw-w64-x86-64-dev/copyright"
    "CLI11.txt=/usr/share/doc/libcli11-dev/copyright"
    "tl-expected.txt=/usr/share/doc/libexpected-dev/copyright")
if(CMAKE_CROSSCOMPILING)
    foreach(licence IN LISTS licences)
        string(REGEX MATCH "^([^=]+)=(.+)$" _ "${licence}")
        install(FILES ${CMAKE_MATCH_2} DESTINATION licences RENAME ${CMAKE_MATCH_1})
    endforeach()
endif()
