// SPDX-License-Identifier: MIT
#include "cli/terminal.h"

#include "core/base/visible_text.h"

namespace lavascope {

void Terminal::print(QStringView text) {
    writeBytes(m_outIsTty ? forTerminal(text).toUtf8() : text.toUtf8());
}

void Terminal::printLine(QStringView text) {
    print(text);
    writeBytes("\n");
}

void Terminal::writeBytes(QByteArrayView bytes) {
    while (m_outIsOpen && !bytes.isEmpty()) {
        const qint64 written = m_out.write(bytes.data(), bytes.size());
        m_outIsOpen = written > 0;
        bytes = bytes.sliced(qMax<qint64>(0, written));
    }
}

void Terminal::note(QStringView text) {
    m_err.write((m_errIsTty ? forTerminal(text) : text.toString()).toUtf8() + '\n');
}

} // namespace lavascope
