// SPDX-License-Identifier: MIT
#include "gui/clipboard.h"

#include "core/token/utf8.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QGuiApplication>
#include <QMimeData>
#include <QTimer>

#include <chrono>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

// Only a digest waits for the time to come, so that the secret itself is not kept for it.
QByteArray digest(const QString& text) {
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

void takeBack(const QByteArray& digestOfSecret) {
    QClipboard* clipboard = QGuiApplication::clipboard();
    if (digest(clipboard->text()) == digestOfSecret)
        clipboard->clear();
}

} // namespace

void copyText(const QString& text) {
    QGuiApplication::clipboard()->setText(text);
}

void copySecret(const QByteArray& secret, std::chrono::seconds keptFor) {
    const QString text = textOfUtf8(secret);
    auto* data = new QMimeData;
    data->setText(text);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), "secret");
    data->setData(QStringLiteral(
                      "application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitorProcessing\""),
                  "1");
    // A DWORD of zero, for the clipboard's history and for its cloud (both since Windows 10 1809).
    const QByteArray no(4, '\0');
    data->setData(QStringLiteral("application/x-qt-windows-mime;value=\"CanIncludeInClipboardHistory\""), no);
    data->setData(QStringLiteral("application/x-qt-windows-mime;value=\"CanUploadToCloudClipboard\""), no);
    QGuiApplication::clipboard()->setMimeData(data);
    const auto takeItBack = [copied = digest(text)] { takeBack(copied); };
    if (keptFor > 0s)
        QTimer::singleShot(keptFor, qApp, takeItBack);
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, qApp, takeItBack);
}

QString copiedSecretSentence(std::chrono::seconds keptFor) {
    return keptFor > 0s
               ? QCoreApplication::translate(
                     "Clipboard", "Copied with the secret in it; it leaves the clipboard after %1 s.")
                     .arg(keptFor.count())
               : QCoreApplication::translate(
                     "Clipboard",
                     "Copied with the secret in it; it leaves the clipboard when Lavascope ends.");
}

} // namespace lavascope
