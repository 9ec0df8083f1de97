# SPDX-License-Identifier: MIT
# What Windows reads in a program before it starts it: icon, version, and the manifest.

# lavascope_program_resources(<target> <what it is called in the list of processes>)
function(lavascope_program_resources target PROGRAM_DESCRIPTION)
    set(folder ${PROJECT_SOURCE_DIR}/packaging/windows)
    set(PROGRAM_NAME ${target})
    set(PROGRAM_ICON ${PROJECT_SOURCE_DIR}/resources/icons/lavascope.ico)
    set(PROGRAM_MANIFEST ${CMAKE_CURRENT_BINARY_DIR}/${target}.manifest)
    configure_file(${folder}/program.manifest.in ${PROGRAM_MANIFEST} @ONLY)
    configure_file(${folder}/program.rc.in ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc @ONLY)
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc)
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${target}.rc PROPERTIES
        OBJECT_DEPENDS "${PROGRAM_ICON};${PROGRAM_MANIFEST}")
    if(MSVC) # ours is the only one
        target_link_options(${target} PRIVATE /MANIFEST:NO)
    endif()
endfunction()
