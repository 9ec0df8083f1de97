// SPDX-License-Identifier: MIT
// Pipes and files get and give bytes as they are. A console is spoken to in UTF-16, so what it shows depends
// on no code page; of its state only its obeying of escape sequences is switched on, for colours, and put
// back.
#include "cli/pty_pipe_name.h"
#include "cli/standard_stream.h"
#include "cli/typed_text.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <windows.h>

namespace lavascope {

namespace {

constexpr qint64 atOnce = qint64(1) << 20;
constexpr qsizetype unitsAtOnce = 8192; // an old console refuses more than 64 KiB
constexpr wchar_t endOfInput = 0x1a;    // Ctrl+Z

HANDLE handleOf(int descriptor) {
    constexpr std::array<DWORD, 3> names = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    return GetStdHandle(names[size_t(descriptor)]);
}

bool isConsole(HANDLE handle) {
    DWORD mode = 0;
    return GetConsoleMode(handle, &mode) != 0;
}

bool isPtyPipe(HANDLE handle) {
    if (GetFileType(handle) != FILE_TYPE_PIPE)
        return false;
    constexpr size_t longestName = 256;
    alignas(FILE_NAME_INFO) std::array<char, sizeof(FILE_NAME_INFO) + longestName * sizeof(wchar_t)> room{};
    if (!GetFileInformationByHandleEx(handle, FileNameInfo, room.data(), DWORD(room.size())))
        return false;
    const auto* const info = reinterpret_cast<const FILE_NAME_INFO*>(room.data());
    return isPtyPipeName(QStringView(info->FileName, qsizetype(info->FileNameLength / sizeof(wchar_t))));
}

bool writeToConsole(HANDLE console, QStringView text) {
    while (!text.isEmpty()) {
        qsizetype count = std::min(text.size(), unitsAtOnce);
        if (count < text.size() && text[count - 1].isHighSurrogate())
            --count; // both halves must come together
        DWORD written = 0;
        if (!WriteConsoleW(console, text.utf16(), DWORD(count), &written, nullptr) || written == 0)
            return false;
        text = text.sliced(written);
    }
    return true;
}

QString lastError() {
    return QString::fromLocal8Bit(std::system_category().message(int(GetLastError())));
}

} // namespace

/// What came of a line or a character whose rest didn't fit or has yet to come, and what is put back.
class StandardStream::Console {
public:
    QStringDecoder toUnits{QStringDecoder::Utf8};
    TypedText cut;
    QByteArray typed;
    bool hasEnded = false;
    std::optional<DWORD> modeBefore;
};

StandardStream::StandardStream(int descriptor)
    : m_descriptor(descriptor)
    , m_console(std::make_unique<Console>()) {}

StandardStream::~StandardStream() {
    if (m_console->modeBefore)
        SetConsoleMode(handleOf(m_descriptor), *m_console->modeBefore);
}

bool StandardStream::isTerminal() const {
    const HANDLE handle = handleOf(m_descriptor);
    return isConsole(handle) || isPtyPipe(handle);
}

bool StandardStream::takesColours() const {
    if (!qEnvironmentVariableIsEmpty("NO_COLOR"))
        return false;
    const HANDLE handle = handleOf(m_descriptor);
    DWORD mode = 0;
    if (GetConsoleMode(handle, &mode) == 0) {
        const QByteArray kind = qgetenv("TERM");
        return isPtyPipe(handle) && !kind.isEmpty() && kind != "dumb";
    }
    if (!m_console->modeBefore)
        m_console->modeBefore = mode;
    return SetConsoleMode(handle, mode | ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

qint64 StandardStream::readData(char* data, qint64 maxSize) {
    const HANDLE handle = handleOf(m_descriptor);
    if (!isConsole(handle)) {
        DWORD count = 0;
        if (ReadFile(handle, data, DWORD(std::min(maxSize, atOnce)), &count, nullptr))
            return count;
        const DWORD error = GetLastError();
        if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF)
            return 0;
        setErrorString(lastError());
        return -1;
    }
    QByteArray& typed = m_console->typed;
    while (typed.isEmpty() && !m_console->hasEnded) {
        std::array<wchar_t, unitsAtOnce> line{};
        DWORD count = 0;
        if (!ReadConsoleW(handle, line.data(), DWORD(line.size()), &count, nullptr)) {
            setErrorString(lastError());
            return -1;
        }
        const auto* const end = std::find(line.begin(), line.begin() + count, endOfInput);
        m_console->hasEnded = end != line.begin() + count || count == 0;
        typed = m_console->cut.take(QStringView(line.data(), end - line.begin()));
        if (m_console->hasEnded)
            typed += m_console->cut.takeRest();
    }
    const qint64 taken = std::min<qint64>(maxSize, typed.size());
    std::copy_n(typed.constData(), taken, data);
    typed.remove(0, taken);
    return taken;
}

qint64 StandardStream::writeData(const char* data, qint64 size) {
    const HANDLE handle = handleOf(m_descriptor);
    if (isConsole(handle)) {
        const QString text = m_console->toUnits(QByteArrayView(data, size));
        return writeToConsole(handle, text) ? size : -1;
    }
    qint64 done = 0;
    while (done < size) {
        DWORD count = 0;
        if (!WriteFile(handle, data + done, DWORD(std::min(size - done, atOnce)), &count, nullptr) ||
            count == 0) {
            const DWORD error = GetLastError();
            m_lostItsReader = error == ERROR_NO_DATA || error == ERROR_BROKEN_PIPE;
            return -1;
        }
        done += count;
    }
    return done;
}

} // namespace lavascope
