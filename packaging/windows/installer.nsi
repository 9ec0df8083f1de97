; SPDX-License-Identifier: MIT
; Installs Lavascope for one user, without an administrator; see make-installer for the names after -D.
;   /S          ask nothing      /D=FOLDER   install there (last word, no quotes)
;   /PATH       put the folder into the user's PATH, so that lavascope-cli is found
;   /DESKTOP    an icon on the desktop
; Exit codes: 0 installed, 1 given up by its user, 2 Lavascope is running or a file cannot be written,
; 3 this Windows is too old.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
CRCCheck force
RequestExecutionLevel user
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lavascope"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define CLASSES "Software\Classes"
!define TYPE "Lavascope.Recording"

Name "Lavascope"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Lavascope"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "Lavascope ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Lavascope"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Installer of Lavascope"
VIAddVersionKey CompanyName "Lavascope contributors"
VIAddVersionKey LegalCopyright "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\lavascope.exe"
!define MUI_FINISHPAGE_NOAUTOCLOSE
!insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A program that runs cannot be opened for writing; asked once more when its user has closed it.
!macro DefineWaitUntilClosed PREFIX
Function ${PREFIX}waitUntilClosed
    ${ForEach} $1 0 1 + 1
        ${If} $1 = 0
            StrCpy $2 "$INSTDIR\lavascope.exe"
        ${Else}
            StrCpy $2 "$INSTDIR\lavascope-cli.exe"
        ${EndIf}
        again:
        ${If} ${FileExists} "$2"
            ClearErrors
            FileOpen $0 "$2" a
            ${If} ${Errors}
                MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Lavascope is running. Close it, and try again." /SD IDCANCEL IDRETRY again
                SetErrorLevel 2
                Quit
            ${EndIf}
            FileClose $0
        ${EndIf}
    ${Next}
FunctionEnd
!macroend
!insertmacro DefineWaitUntilClosed ""
!insertmacro DefineWaitUntilClosed "un."

; Takes away what the list of an installation names, and no more; a folder goes only if it is empty then.
!macro DefineRemoveInstalled PREFIX
Function ${PREFIX}removeInstalled
    ClearErrors
    FileOpen $0 "$INSTDIR\installed-files.txt" r
    ${IfNot} ${Errors}
        ${Do}
            ClearErrors
            FileRead $0 $1
            ${If} ${Errors}
                ${ExitDo}
            ${EndIf}
            StrCpy $2 $1 2   ; F or D, and a blank
            StrCpy $3 $1 "" 2
            StrCpy $3 $3 -2  ; without the end of the line
            ${If} $2 == "F "
                Delete "$INSTDIR\$3"
            ${ElseIf} $2 == "D "
                RMDir "$INSTDIR\$3"
            ${EndIf}
        ${Loop}
        FileClose $0
        Delete "$INSTDIR\installed-files.txt"
    ${EndIf}
FunctionEnd
!macroend
!insertmacro DefineRemoveInstalled ""
!insertmacro DefineRemoveInstalled "un."

Section "Lavascope" Main
    SectionIn RO
    SetShellVarContext current
    Call waitUntilClosed
    Call removeInstalled
    ClearErrors
    !include "${FILES}"
    SetOutPath "$INSTDIR"
    File "${LIST}"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
        SetErrorLevel 2
        Abort "Not everything could be written to $INSTDIR."
    ${EndIf}

    CreateShortcut "$SMPROGRAMS\Lavascope.lnk" "$INSTDIR\lavascope.exe"

    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Lavascope"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\lavascope.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Lavascope contributors"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

    WriteRegStr HKCU "${PATHS_KEY}\lavascope.exe" "" "$INSTDIR\lavascope.exe"
    WriteRegStr HKCU "${PATHS_KEY}\lavascope-cli.exe" "" "$INSTDIR\lavascope-cli.exe"

    ; .lavascope is ours. JSON Lines belong to nobody: there Lavascope is only one of the programs to open them with.
    WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "Lavascope recording"
    WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\lavascope.exe,0"
    WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\lavascope.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\.lavascope" "" "${TYPE}"
    WriteRegStr HKCU "${CLASSES}\.lavascope\OpenWithProgids" "${TYPE}" ""
    WriteRegStr HKCU "${CLASSES}\.jsonl\OpenWithProgids" "${TYPE}" ""
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section /o "Icon on the desktop" Desktop
    CreateShortcut "$DESKTOP\Lavascope.lnk" "$INSTDIR\lavascope.exe"
SectionEnd

Section /o "lavascope-cli in the PATH" Path
    Call addToPath
SectionEnd

Function .onInit
    ${IfNot} ${AtLeastWin10}
        MessageBox MB_OK|MB_ICONSTOP "Lavascope needs Windows 10 or later." /SD IDOK
        SetErrorLevel 3
        Quit
    ${EndIf}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/DESKTOP" $1
    ${IfNot} ${Errors}
        SectionSetFlags ${Desktop} ${SF_SELECTED}
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/PATH" $1
    ${IfNot} ${Errors}
        SectionSetFlags ${Path} ${SF_SELECTED}
    ${EndIf}
    ClearErrors
FunctionEnd

; A PATH longer than a string of NSIS would be cut when written back, so it is then left alone.
!macro DefinePathIsShort PREFIX
Function ${PREFIX}pathIsShort ; gives back 1 or 0 on the stack
    System::Call 'advapi32::RegGetValueW(p 0x80000001, w "Environment", w "Path", i 0x10000006, p 0, p 0, *i 0 .r1) i .r0'
    IntOp $1 $1 / 2
    StrLen $2 "$INSTDIR"
    IntOp $1 $1 + $2
    IntOp $2 ${NSIS_MAX_STRLEN} - 8
    ${If} $0 = 2 ; there is none yet
        Push 1
    ${ElseIf} $0 <> 0
    ${OrIf} $1 > $2
        Push 0
    ${Else}
        Push 1
    ${EndIf}
FunctionEnd
!macroend
!insertmacro DefinePathIsShort ""
!insertmacro DefinePathIsShort "un."

Function addToPath
    Call pathIsShort
    Pop $0
    ${If} $0 = 0
        DetailPrint "The PATH is too long to be changed from here."
        Return
    ${EndIf}
    ReadRegStr $0 HKCU "Environment" "Path"
    Push "$0"
    Call findInPath
    Pop $1
    ${If} $1 >= 0
        Return
    ${EndIf}
    ${If} $0 == ""
        StrCpy $0 "$INSTDIR"
    ${Else}
        StrCpy $0 "$0;$INSTDIR"
    ${EndIf}
    WriteRegExpandStr HKCU "Environment" "Path" "$0"
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
FunctionEnd

; Where ";$INSTDIR;" begins in the given words between semicolons, or -1.
!macro DefineFindInPath PREFIX
Function ${PREFIX}findInPath
    Exch $0
    Push $1
    Push $2
    Push $3
    StrCpy $0 ";$0;"
    StrLen $1 ";$INSTDIR;"
    StrCpy $2 0
    ${Do}
        StrCpy $3 $0 $1 $2
        ${If} $3 == ";$INSTDIR;"
            ${ExitDo}
        ${ElseIf} $3 == ""
            StrCpy $2 -1
            ${ExitDo}
        ${EndIf}
        IntOp $2 $2 + 1
    ${Loop}
    StrCpy $0 $2
    Pop $3
    Pop $2
    Pop $1
    Exch $0
FunctionEnd
!macroend
!insertmacro DefineFindInPath ""
!insertmacro DefineFindInPath "un."

Function un.removeFromPath
    Call un.pathIsShort
    Pop $0
    ${If} $0 = 0
        Return
    ${EndIf}
    ReadRegStr $0 HKCU "Environment" "Path"
    Push "$0"
    Call un.findInPath
    Pop $1
    ${If} $1 < 0
        Return
    ${EndIf}
    StrLen $2 "$INSTDIR"
    IntOp $3 $1 + $2
    IntOp $3 $3 + 1
    StrCpy $4 $0 "" $3 ; what comes after, without its semicolon
    ${If} $1 > 0
        IntOp $1 $1 - 1
        StrCpy $3 $0 $1 ; what stands before, without its semicolon
        ${If} $4 == ""
            StrCpy $4 $3
        ${Else}
            StrCpy $4 "$3;$4"
        ${EndIf}
    ${EndIf}
    ${If} $4 == ""
        DeleteRegValue HKCU "Environment" "Path"
    ${Else}
        WriteRegExpandStr HKCU "Environment" "Path" "$4"
    ${EndIf}
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
FunctionEnd

Section "Uninstall"
    SetShellVarContext current
    Call un.waitUntilClosed
    Call un.removeInstalled
    Call un.removeFromPath
    Delete "$INSTDIR\uninstall.exe"
    Delete "$SMPROGRAMS\Lavascope.lnk"
    Delete "$DESKTOP\Lavascope.lnk"
    SetOutPath "$TEMP" ; a folder that is stood in cannot go
    RMDir "$INSTDIR"

    DeleteRegKey HKCU "${CLASSES}\${TYPE}"
    ReadRegStr $0 HKCU "${CLASSES}\.lavascope" ""
    ${If} $0 == "${TYPE}"
        DeleteRegValue HKCU "${CLASSES}\.lavascope" ""
    ${EndIf}
    DeleteRegValue HKCU "${CLASSES}\.lavascope\OpenWithProgids" "${TYPE}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.lavascope\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.lavascope"
    DeleteRegValue HKCU "${CLASSES}\.jsonl\OpenWithProgids" "${TYPE}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.jsonl\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.jsonl"
    DeleteRegKey HKCU "${PATHS_KEY}\lavascope.exe"
    DeleteRegKey HKCU "${PATHS_KEY}\lavascope-cli.exe"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

    ; Recordings and settings are their user's: they go only when asked for, never in a silent run.
    ${If} ${FileExists} "$LOCALAPPDATA\lavascope\*.*"
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove your recordings and settings too?$\n$\n$LOCALAPPDATA\lavascope$\n$\nKeys stay in the Windows Credential Manager in any case." /SD IDNO IDNO keep
        RMDir /r "$LOCALAPPDATA\lavascope"
        keep:
    ${EndIf}
SectionEnd

LangString MainText ${LANG_ENGLISH} "The window and lavascope-cli."
LangString DesktopText ${LANG_ENGLISH} "Another way to start the window."
LangString PathText ${LANG_ENGLISH} "So that terminals find lavascope-cli by its name."
!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
!insertmacro MUI_DESCRIPTION_TEXT ${Main} $(MainText)
!insertmacro MUI_DESCRIPTION_TEXT ${Desktop} $(DesktopText)
!insertmacro MUI_DESCRIPTION_TEXT ${Path} $(PathText)
!insertmacro MUI_FUNCTION_DESCRIPTION_END
