# SPDX-License-Identifier: MIT
# Read by cpack: how the disk image looks, and where the bundle lies in it.
set(CPACK_PACKAGING_INSTALL_PREFIX /)
set(CPACK_MONOLITHIC_INSTALL ON)
set(CPACK_DMG_VOLUME_NAME "Lavascope ${CPACK_PACKAGE_VERSION}")
set(CPACK_DMG_FORMAT UDZO)
set(CPACK_DMG_FILESYSTEM HFS+)
set(CPACK_DMG_BACKGROUND_IMAGE ${CMAKE_CURRENT_LIST_DIR}/background.png)
set(CPACK_DMG_DS_STORE_SETUP_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/window.applescript)
set(CPACK_PACKAGE_ICON ${CMAKE_CURRENT_LIST_DIR}/lavascope.icns)
