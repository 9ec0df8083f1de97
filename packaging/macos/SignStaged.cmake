# SPDX-License-Identifier: MIT
# Run by cpack between installing and packing, when all libraries lie in the bundle and none changes any more.
file(GLOB bundles LIST_DIRECTORIES true
    ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/Lavascope.app ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/Lavascope.app)
list(LENGTH bundles count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "one Lavascope.app was to be signed, and ${count} were found: ${bundles}")
endif()
execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/sign ${bundles} COMMAND_ERROR_IS_FATAL ANY)
