// SPDX-License-Identifier: MIT
#pragma once

#include <QStringDecoder>
#include <QWidget>

class QDeadlineTimer;
class QLabel;

namespace lavascope {

class LogText;
struct Attempt;

/// The body as it came. Of a long one the beginning, and once it is over the end too, with a note between.
class RawView : public QWidget {
    Q_OBJECT

public:
    explicit RawView(QWidget* parent = nullptr);

    void clear();
    /// Shows more of this attempt's body until then; true if there is more to do. Between two calls of
    /// clear() it must be the same attempt.
    bool pull(const Attempt& attempt, const QDeadlineTimer& until);

private:
    bool takeNextPiece(const Attempt& attempt);
    void leaveOut(const Attempt& attempt, qint64 bytes);
    void showSummary(const Attempt& attempt);

    QLabel* m_summary;
    LogText* m_text;
    QStringDecoder m_decoder{QStringDecoder::Utf8};
    QString m_pending;    ///< decoded, not drawn yet
    size_t m_chunk = 0;   ///< where decoding goes on: in this chunk,
    qsizetype m_from = 0; ///< from this byte
    qint64 m_done = 0;    ///< bytes decoded or left out
    qint64 m_leftOut = 0;
};

} // namespace lavascope
