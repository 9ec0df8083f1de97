# SPDX-License-Identifier: MIT
# Makes Info.plist: the version is that of project(), the oldest macOS that of Qt.
if(NOT LAVASCOPE_OLDEST_MACOS)
    if(CMAKE_OSX_DEPLOYMENT_TARGET)
        set(LAVASCOPE_OLDEST_MACOS ${CMAKE_OSX_DEPLOYMENT_TARGET})
    elseif(Qt6_VERSION VERSION_GREATER_EQUAL 6.12)
        set(LAVASCOPE_OLDEST_MACOS 14.4)
    elseif(Qt6_VERSION VERSION_GREATER_EQUAL 6.10)
        set(LAVASCOPE_OLDEST_MACOS 13.0)
    elseif(Qt6_VERSION VERSION_GREATER_EQUAL 6.8)
        set(LAVASCOPE_OLDEST_MACOS 12.0)
    else() # Qt 6.4 says 10.14, but programs for Apple's own processors need 11
        set(LAVASCOPE_OLDEST_MACOS 11.0)
    endif()
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/Info.plist.in ${LAVASCOPE_PLIST} @ONLY)
