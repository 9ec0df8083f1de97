# SPDX-License-Identifier: MIT
# How rooms, programs and tests are declared. The table of rooms itself stands in src/CMakeLists.txt.

# The first format of Qt's resources. The later ones also keep when each file was changed, which in a fresh clone is now,
# so that no two builds of a commit would be the same.
set(LAVASCOPE_RESOURCE_OPTIONS --format-version 1)

add_library(lavascope_build_rules INTERFACE)
target_include_directories(lavascope_build_rules INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(lavascope_build_rules INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_FOREACH
    QT_NO_KEYWORDS QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    LAVASCOPE_VERSION="${PROJECT_VERSION}")
if(MSVC)
    target_compile_options(lavascope_build_rules INTERFACE /W4 /utf-8 /permissive- $<$<BOOL:${LAVASCOPE_WERROR}>:/WX>)
else()
    target_compile_options(lavascope_build_rules INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
        $<$<BOOL:${LAVASCOPE_WERROR}>:-Werror>)
endif()
if(NOT MSVC) # what is shipped must not depend on the folder it was built in
    target_compile_options(lavascope_build_rules INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)
endif()
if(UNIX AND NOT APPLE) # the hardening that Debian and Fedora build with
    target_compile_options(lavascope_build_rules INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:-fstack-protector-strong$<SEMICOLON>-U_FORTIFY_SOURCE$<SEMICOLON>-D_FORTIFY_SOURCE=2>)
    # The linker's own id is a sum over what is stripped later too, and that depends on who compiled (a cache, a folder).
    target_link_options(lavascope_build_rules INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:LINKER:-z,relro,-z,now,--build-id=none$<SEMICOLON>-pie>)
endif()
if(LAVASCOPE_SANITIZE)
    target_compile_options(lavascope_build_rules INTERFACE
        -fsanitize=${LAVASCOPE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(lavascope_build_rules INTERFACE -fsanitize=${LAVASCOPE_SANITIZE})
endif()

# lavascope_room(<folder below src> [USES <room>...] [QT <module>...] [LIBS <target>...])
# Declares a static library for the room; its CMakeLists.txt lists the sources with target_sources(${ROOM} PRIVATE ...).
function(lavascope_room folder)
    cmake_parse_arguments(arg "" "" "USES;QT;LIBS" ${ARGN})
    string(REPLACE "/" "_" ROOM ${folder})
    add_library(${ROOM} STATIC)
    target_link_libraries(${ROOM} PUBLIC lavascope_build_rules)
    foreach(module IN LISTS arg_QT)
        target_link_libraries(${ROOM} PUBLIC Qt6::${module})
    endforeach()
    foreach(used IN LISTS arg_USES)
        string(REPLACE "/" "_" used ${used})
        target_link_libraries(${ROOM} PUBLIC ${used})
    endforeach()
    target_link_libraries(${ROOM} PUBLIC ${arg_LIBS})
    add_subdirectory(${folder})
endfunction()

# lavascope_test(<name> ROOMS <room>... [QT <module>...] [LIBS <target>...] [SOURCES <file>...] [LABELS <label>...]
#                [LAUNCHER <program> [<argument>...]])
# One QtTest program tst_<name>.cpp, run offscreen, with a temporary home so that no test can touch the user's data.
function(lavascope_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "ROOMS;QT;LIBS;SOURCES;LABELS;LAUNCHER" ${ARGN})
    add_executable(tst_${name} tst_${name}.cpp ${arg_SOURCES})
    target_link_libraries(tst_${name} PRIVATE lavascope_build_rules Qt6::Test ${arg_LIBS})
    target_include_directories(tst_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(tst_${name} PRIVATE LAVASCOPE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    foreach(module IN LISTS arg_QT)
        target_link_libraries(tst_${name} PRIVATE Qt6::${module})
    endforeach()
    foreach(room IN LISTS arg_ROOMS)
        string(REPLACE "/" "_" room ${room})
        target_link_libraries(tst_${name} PRIVATE ${room})
    endforeach()
    add_test(NAME ${name} COMMAND ${arg_LAUNCHER} $<TARGET_FILE:tst_${name}>)
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;LAVASCOPE_DATA_DIR=${CMAKE_BINARY_DIR}/test-data/${name};UBSAN_OPTIONS=print_stacktrace=1")
    if(arg_LAUNCHER AND NOT CMAKE_HOST_SYSTEM_NAME STREQUAL "Linux") # what launchers set up, Linux has
        set_tests_properties(${name} PROPERTIES DISABLED ON)
    endif()
endfunction()
