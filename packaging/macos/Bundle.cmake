# SPDX-License-Identifier: MIT
# The window as a bundle, which is what macOS calls a program.
set(LAVASCOPE_PLIST ${CMAKE_CURRENT_BINARY_DIR}/Lavascope-Info.plist)
include(${CMAKE_CURRENT_LIST_DIR}/Plist.cmake)
set(LAVASCOPE_ICON ${CMAKE_CURRENT_LIST_DIR}/lavascope.icns)
target_sources(lavascope PRIVATE ${LAVASCOPE_ICON})
set_source_files_properties(${LAVASCOPE_ICON} PROPERTIES MACOSX_PACKAGE_LOCATION Resources)
set_target_properties(lavascope PROPERTIES
    MACOSX_BUNDLE ON
    OUTPUT_NAME Lavascope
    MACOSX_BUNDLE_INFO_PLIST ${LAVASCOPE_PLIST})
