; SPDX-License-Identifier: MIT
; Installs Lavascope for one user, without an administrator; see make-installer for the names after -D.
;   /S          ask nothing      /D=FOLDER   install there (last word, no quotes)
;   /PATH       put the folder into the user's PATH, so that lavascope-cli is found
;   /DESKTOP    an icon on the desktop
; Exit codes: 0 installed, 1 given up by its user, 2 Lavascope is running or a file cannot be written,
; 3 this Windows is too old, 4 installed, but the PATH could not be changed.
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
!define CURRENT_USER -2147483647 ; what HKEY_CURRENT_USER is to 64-bit programs
!define LONGEST_VARIABLE 32767   ; characters, one of them a zero or here a semicolon; Windows has no longer ones

Name "Lavascope"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Lavascope"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "Lavascope ${VERSION}"
!uninstfinalize '"${SIGN}" "%1"' = 0
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
    Call removeElsewhere
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

; Only one installation of a user is known to Windows. One in another folder would stay behind unseen, so its own
; uninstaller takes it away; what was chosen for it is chosen again.
Function removeElsewhere
    ReadRegStr $R0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $R0 == ""
    ${OrIf} $R0 == $INSTDIR
    ${OrIfNot} ${FileExists} "$R0\uninstall.exe"
        Return
    ${EndIf}
    StrCpy $R1 $INSTDIR
    StrCpy $INSTDIR $R0 ; for these two
    Call waitUntilClosed
    Call isInPath
    StrCpy $INSTDIR $R1
    ${If} $0 = 1
        SectionSetFlags ${Path} ${SF_SELECTED}
    ${EndIf}
    ${If} ${FileExists} "$DESKTOP\Lavascope.lnk"
        SectionSetFlags ${Desktop} ${SF_SELECTED}
    ${EndIf}
    ClearErrors
    ExecWait '"$R0\uninstall.exe" /S _?=$R0' $0 ; only so it is waited for, and then it cannot delete itself
    ${If} ${Errors}
    ${OrIf} $0 <> 0
        SetErrorLevel 2
        Abort "The installation in $R0 could not be removed."
    ${EndIf}
    Delete "$R0\uninstall.exe"
    RMDir "$R0"
FunctionEnd

; The user's PATH. It lies in memory of its own, since a string of NSIS ends at ${NSIS_MAX_STRLEN} characters, and a PATH
; that was cut there must never be written back. Before and after each folder stands a semicolon.
Var path     ; where it lies, or 0 where it could not be read
Var pathType ; what kind of value it is in the registry

!macro DefinePathFunctions PREFIX
Function ${PREFIX}readPath
    StrCpy $path 0
    System::Call 'advapi32::RegGetValueW(p ${CURRENT_USER}, w "Environment", w "Path", i 0x10000006, *i .r1, p 0, *i .r2) i .r0'
    ${If} $0 = 2 ; there is none yet
        StrCpy $1 2 ; one whose %NAMES% are replaced
        StrCpy $2 0
    ${ElseIf} $0 <> 0
        Return
    ${EndIf}
    StrCpy $pathType $1
    IntOp $3 $2 + 4096 ; what will be added is no longer than a string of NSIS
    System::Alloc $3
    Pop $path
    ${If} $path P= 0
        Return
    ${EndIf}
    System::Call '*$path(&i2 59)' ; a semicolon
    ${If} $2 > 2
        IntPtrOp $4 $path + 2
        System::Call 'advapi32::RegGetValueW(p ${CURRENT_USER}, w "Environment", w "Path", i 0x10000006, p 0, p r4, *i r2) i .r0'
        ${If} $0 <> 0
            System::Free $path
            StrCpy $path 0
            Return
        ${EndIf}
        System::Call 'kernel32::lstrcatW(p $path, w ";")'
    ${EndIf}
FunctionEnd

; $0: where ";$INSTDIR;" begins in it, or 0
Function ${PREFIX}findInPath
    StrCpy $1 ";$INSTDIR;"
    System::Call 'shlwapi::StrStrIW(p $path, w r1) p .r0'
FunctionEnd

; $0 becomes 1 if it is written, else 0
Function ${PREFIX}writePath
    IntPtrOp $4 $path + 2 ; without the first semicolon
    System::Call 'kernel32::lstrlenW(p r4) i .r1'
    ${If} $1 = 0
        DeleteRegValue HKCU "Environment" "Path"
        StrCpy $0 0
    ${Else}
        IntOp $1 $1 + 1
        IntOp $1 $1 * 2
        System::Call 'advapi32::RegSetKeyValueW(p ${CURRENT_USER}, w "Environment", w "Path", i $pathType, p r4, i r1) i .r0'
    ${EndIf}
    ${If} $0 = 0
        SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=2000
        StrCpy $0 1
    ${Else}
        StrCpy $0 0
    ${EndIf}
FunctionEnd
!macroend
!insertmacro DefinePathFunctions ""
!insertmacro DefinePathFunctions "un."

; $0: 1 if $INSTDIR stands in it, else 0
Function isInPath
    Call readPath
    StrCpy $0 0
    ${If} $path P<> 0
        Call findInPath
        ${If} $0 P<> 0
            StrCpy $0 1
        ${EndIf}
        System::Free $path
    ${EndIf}
FunctionEnd

Function addToPath
    Call readPath
    StrCpy $0 0
    ${If} $path P<> 0
        Call findInPath
        ${If} $0 P<> 0
            StrCpy $0 1
        ${Else}
            StrCpy $1 $INSTDIR
            System::Call 'kernel32::lstrcatW(p $path, w r1)'
            System::Call 'kernel32::lstrlenW(p $path) i .r1'
            ${If} $1 <= ${LONGEST_VARIABLE}
                Call writePath
            ${EndIf}
        ${EndIf}
        System::Free $path
    ${EndIf}
    ${If} $0 = 0
        SetErrorLevel 4
        MessageBox MB_OK|MB_ICONEXCLAMATION "Lavascope is installed, but its folder could not be put into the PATH." /SD IDOK
    ${EndIf}
FunctionEnd

Function un.removeFromPath
    Call un.readPath
    ${If} $path P= 0
        Return
    ${EndIf}
    Call un.findInPath
    ${If} $0 P<> 0
        ; What comes after moves over it, up to and with the zero at the end.
        StrCpy $1 ";$INSTDIR"
        StrLen $1 $1
        IntOp $1 $1 * 2
        IntPtrOp $1 $0 + $1
        System::Call 'kernel32::lstrlenW(p r1) i .r2'
        IntOp $2 $2 + 1
        IntOp $2 $2 * 2
        System::Call 'kernel32::RtlMoveMemory(p r0, p r1, p r2)'
        ; And the semicolon that was put behind the last folder goes.
        System::Call 'kernel32::lstrlenW(p $path) i .r1'
        IntOp $1 $1 - 1
        IntOp $1 $1 * 2
        IntPtrOp $1 $path + $1
        System::Call '*$1(&i2 0)'
        Call un.writePath
    ${EndIf}
    System::Free $path
FunctionEnd

Function un.removeFromWindows
    Delete "$SMPROGRAMS\Lavascope.lnk"
    Delete "$DESKTOP\Lavascope.lnk"
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
FunctionEnd

Section "Uninstall"
    SetShellVarContext current
    Call un.waitUntilClosed
    Call un.removeInstalled
    Call un.removeFromPath
    Delete "$INSTDIR\uninstall.exe"
    SetOutPath "$TEMP" ; a folder that is stood in cannot go
    RMDir "$INSTDIR"

    ; The rest belongs to the installation that Windows knows. If that is another one, and still there, it stays whole.
    ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 == ""
    ${OrIfNot} ${FileExists} "$0\lavascope.exe"
        Call un.removeFromWindows
    ${EndIf}

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
