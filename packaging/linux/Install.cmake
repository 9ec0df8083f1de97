# SPDX-License-Identifier: MIT
# What is installed on Linux beside the programs.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/lavascope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
foreach(size IN ITEMS 16 24 32 48 64 128 256 512)
    install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/lavascope-${size}.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps RENAME lavascope.png)
endforeach()
