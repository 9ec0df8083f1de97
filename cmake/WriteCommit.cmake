# SPDX-License-Identifier: MIT
# cmake -D SOURCE=<folder> -D OUT=<header> -P WriteCommit.cmake
# Writes which commit is built, at each build, and touches the file only when that has changed. Asked for in this order:
# the environment (LAVASCOPE_COMMIT), an archive made by `git archive` (commit.txt), git.
set(commit "$ENV{LAVASCOPE_COMMIT}")
set(dirty false)
if(NOT commit)
    file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/commit.txt commit LIMIT_COUNT 1)
endif()
# Where the sources lie as they came, somewhere inside another project's folder, that project's commit says nothing.
if(NOT commit MATCHES "^[0-9a-f]+$" AND EXISTS ${SOURCE}/.git)
    find_program(GIT git)
    if(GIT)
        # Containers build a folder that belongs to somebody else; git would then say nothing at all.
        set(git ${GIT} -c safe.directory=* --no-optional-locks -C ${SOURCE})
        execute_process(COMMAND ${git} rev-parse --verify HEAD
            OUTPUT_VARIABLE commit ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
        execute_process(COMMAND ${git} status --porcelain --untracked-files=no
            OUTPUT_VARIABLE changes ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
        if(changes)
            set(dirty true)
        endif()
    endif()
endif()
if(commit MATCHES "^[0-9a-f]+$")
    # Git's own short form grows with the number of objects, so two clones would build two different programs.
    string(SUBSTRING ${commit} 0 12 commit)
else()
    set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[// Written by cmake/WriteCommit.cmake
#pragma once

#define LAVASCOPE_COMMIT "@commit@"
#define LAVASCOPE_COMMIT_IS_DIRTY @dirty@
]])
