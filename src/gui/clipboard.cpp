// SPDX-License-Identifier: MIT
#include "gui/clipboard.h"

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

constexpr auto keptFor = 60s;

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

void copySecret(const QByteArray& secret) {
    const QString text = QString::fromUtf8(secret);
    auto* data = new QMimeData;
    data->setText(text);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), "secret");
    data->setData(QStringLiteral(
                      "application/x-qt-windows-mime;value=\"ExcludeClipboardContentFromMonitorProcessing\""),
                  "1");
    data->setData(QStringLiteral("application/x-nspasteboard-concealed-type"), "1");
    QGuiApplication::clipboard()->setMimeData(data);
    const auto takeItBack = [copied = digest(text)] { takeBack(copied); };
    QTimer::singleShot(keptFor, qApp, takeItBack);
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, qApp, takeItBack);
}

} // namespace lavascope
