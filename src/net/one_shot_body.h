// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace lavascope {

/// A request body that can be read once and never again.
///
/// QNetworkAccessManager sends a request up to four times when the peer closes before answering, on a fresh
/// connection too, and no attribute turns that off. Before each repetition it rewinds the upload device; a
/// device that refuses ends the call with ContentReSendError instead. An empty body refuses always: there is
/// no byte by which one could tell whether the header had gone out.
class OneShotBody final : public QIODevice {
    Q_OBJECT

public:
    explicit OneShotBody(QByteArray bytes);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    bool reset() override;
    [[nodiscard]] bool isTouched() const { return m_taken > 0; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    QByteArray m_bytes;
    qsizetype m_taken = 0;
};

} // namespace lavascope
