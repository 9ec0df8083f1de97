# SPDX-License-Identifier: MIT
# Read by CPack once for each kind of package. Only a .deb holds what Debian alone wants.
if(CPACK_GENERATOR STREQUAL "DEB")
    string(REPLACE ";ALL;" ";Unspecified;" everywhere "${CPACK_INSTALL_CMAKE_PROJECTS}")
    string(REPLACE ";ALL;" ";debian;" debian "${CPACK_INSTALL_CMAKE_PROJECTS}")
    set(CPACK_INSTALL_CMAKE_PROJECTS "${everywhere};${debian}")
endif()
