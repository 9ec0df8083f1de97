// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>

namespace lavascope {

/// Hears which files the system wants opened. macOS names them in events, also those that a program was
/// started for.
class OpenedFiles : public QObject {
public:
    using Open = std::function<void(const QString& path)>;

    /// Listens to everything that `application` is sent.
    OpenedFiles(QObject* application, Open open);

    [[nodiscard]] bool eventFilter(QObject* receiver, QEvent* event) override;

private:
    Open m_open;
};

} // namespace lavascope
