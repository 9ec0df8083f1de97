# SPDX-License-Identifier: MIT
# What is installed on Linux beside the programs.
set(documents ${CMAKE_CURRENT_BINARY_DIR}/linux/documents)
if(TARGET lavascope-documents)
    # Run with every build, since a date in it is that of the last commit; what is already so is left as it is.
    add_custom_target(documents ALL
        COMMAND ${CMAKE_CURRENT_LIST_DIR}/write-documents $<TARGET_FILE:lavascope-documents> ${PROJECT_VERSION} ${documents}
        COMMENT "Manual pages, completions and metadata" VERBATIM)
    install(FILES ${documents}/lavascope.1.gz ${documents}/lavascope-cli.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    foreach(program IN ITEMS lavascope lavascope-cli)
        install(FILES ${documents}/${program}.bash
            DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${program})
        install(FILES ${documents}/${program}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
        # Debian keeps zsh's own folder for what is not packaged.
        install(FILES ${documents}/_${program} COMPONENT zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
        install(FILES ${documents}/_${program} COMPONENT debian EXCLUDE_FROM_ALL
            DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
    endforeach()
    install(FILES ${documents}/lavascope.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES ${documents}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/lintian-overrides COMPONENT debian EXCLUDE_FROM_ALL
        DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME lavascope)
    install(FILES ${documents}/changelog.Debian.gz COMPONENT debian EXCLUDE_FROM_ALL DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_CURRENT_LIST_DIR}/lavascope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/lavascope.mime.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME lavascope.xml)
foreach(size IN ITEMS 16 24 32 48 64 128 256 512)
    install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/lavascope-${size}.png
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps RENAME lavascope.png)
endforeach()

set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/CPackOptions.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/PackageTimes.cmake)
set(CPACK_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${CPACK_PACKAGE_RELEASE})
set(CPACK_RPM_PACKAGE_RELEASE ${CPACK_PACKAGE_RELEASE})
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE MIT)
set(CPACK_RPM_PACKAGE_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/applications /usr/share/metainfo /usr/share/mime /usr/share/mime/packages /usr/share/man /usr/share/man/man1
    /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/fish /usr/share/fish/vendor_completions.d
    /usr/share/zsh /usr/share/zsh/site-functions /usr/share/icons /usr/share/icons/hicolor)
foreach(size IN ITEMS 16 24 32 48 64 128 256 512)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
        /usr/share/icons/hicolor/${size}x${size} /usr/share/icons/hicolor/${size}x${size}/apps)
endforeach()
# Nothing of the machine and the moment of packing, and what CPack has stripped and packed stays as it is.
set(CPACK_RPM_SPEC_MORE_DEFINE "%global _buildhost lavascope
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global source_date_epoch_from_changelog 0
%global _build_id_links none
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _binary_payload w6.xzdio
Recommends: qt6-qtwayland, libsecret
Suggests: gstreamer1-plugins-good")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
set(CPACK_RPM_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION}")
