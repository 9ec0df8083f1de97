# SPDX-License-Identifier: MIT
# What is installed on macOS: one bundle with all that both programs need. The command line lies inside it, so that it
# shares the libraries; Homebrew links it into the PATH, others do so by hand:
#   ln -s /Applications/Lavascope.app/Contents/MacOS/lavascope-cli /usr/local/bin/lavascope-cli
set(programs Lavascope.app/Contents/MacOS)
install(TARGETS lavascope BUNDLE DESTINATION .)
install(TARGETS lavascope-cli RUNTIME DESTINATION ${programs})
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION Lavascope.app/Contents/Resources)

# qt_generate_deploy_app_script() knows of one program only, so this says what it would, for two. The parts that the
# App Store refuses are database drivers, which we do not ship either.
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/deploy-$<CONFIG>.cmake CONTENT
"include(\"${QT_DEPLOY_SUPPORT}\")
qt6_deploy_runtime_dependencies(
    EXECUTABLE Lavascope.app
    ADDITIONAL_EXECUTABLES ${programs}/lavascope-cli)
# What macOS itself plays is enough for the sounds of an answer; the other player weighs as much as all the rest.
set(contents \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/Lavascope.app/Contents\")
file(GLOB spare \${contents}/PlugIns/multimedia/libffmpegmediaplugin.dylib
    \${contents}/Frameworks/libav*.dylib \${contents}/Frameworks/libsw*.dylib)
if(spare)
    file(REMOVE \${spare})
endif()
")
install(SCRIPT ${CMAKE_CURRENT_BINARY_DIR}/deploy-$<CONFIG>.cmake)

set(CPACK_GENERATOR DragNDrop)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_LIST_DIR}/DiskImage.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/SignStaged.cmake)
