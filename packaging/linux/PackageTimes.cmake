# SPDX-License-Identifier: MIT
# Run by CPack on the files that it is about to pack: all have one time, where the caller names it. rpm only brings down
# times that are later; earlier ones, those of the checkout, would tell one build from another.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    execute_process(COMMAND find ${CPACK_TEMPORARY_DIRECTORY} -exec touch --no-dereference --date=@$ENV{SOURCE_DATE_EPOCH} {} +
        COMMAND_ERROR_IS_FATAL ANY)
endif()
