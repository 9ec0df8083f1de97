# SPDX-License-Identifier: MIT
# Stands for Qt's, which only a Mac can run: writes down what it was asked for, and brings libraries.
function(qt6_deploy_runtime_dependencies)
    set(contents $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/Lavascope.app/Contents)
    file(WRITE ${contents}/Resources/asked.txt "${ARGV}")
    foreach(library IN ITEMS PlugIns/platforms/libqcocoa Frameworks/libavcodec.61 PlugIns/multimedia/libdarwinmediaplugin
            PlugIns/multimedia/libffmpegmediaplugin)
        get_filename_component(folder ${contents}/${library} DIRECTORY)
        file(MAKE_DIRECTORY ${folder})
        file(COPY_FILE ${contents}/MacOS/lavascope-cli ${contents}/${library}.dylib)
    endforeach()
endfunction()
