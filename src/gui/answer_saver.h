// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/result.h"

#include <QObject>

class QWidget;

namespace lavascope {

class Run;
class Workbench;

/// Writes what a call brought into files that the user names. Everything that comes from a call has its
/// secrets masked first; a picture or sound is written as it is.
class AnswerSaver : public QObject {
    Q_OBJECT

public:
    enum class Form {
        Recording, ///< all of the call, to be replayed
        Body,      ///< the bytes of the latest answer
        Text,      ///< what the answer says
        Json,      ///< as `replay --json` prints it
    };

    /// `window` is what the file dialogs belong to.
    AnswerSaver(const Workbench& workbench, QWidget* window);

    /// Asks for a file and writes it; says so if there is no call.
    void save(const Run* run, Form form);
    void saveBytes(const QByteArray& bytes, const QString& suggestedName);
    /// Writes it to a file. Errors: `file_not_written`.
    [[nodiscard]] Result<void> write(const QString& path, const Run& run, Form form) const;

Q_SIGNALS:
    void said(const QString& text);

private:
    [[nodiscard]] QString askForFile(const QString& title, const QString& suggestedName,
                                     const QString& kinds);
    void report(const Result<void>& saved, const QString& done);

    const Workbench& m_workbench;
    QWidget* m_window;
};

} // namespace lavascope
