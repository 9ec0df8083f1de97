// SPDX-License-Identifier: MIT
#include "gui/widgets/raw_view.h"

#include "core/stream/recording.h"
#include "gui/appearance.h"
#include "gui/units.h"
#include "gui/widgets/log_text.h"

#include <QDeadlineTimer>
#include <QLabel>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qint64 shownAtEachEnd = 1'000'000;

bool isInsideCharacter(char byte) {
    constexpr uchar topBits = 0xC0;
    constexpr uchar continuation = 0x80;
    return (uchar(byte) & topBits) == continuation;
}

} // namespace

RawView::RawView(QWidget* parent)
    : QWidget(parent)
    , m_summary(new QLabel(this))
    , m_text(new LogText(this)) {
    m_summary->setObjectName(QStringLiteral("rawSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setContentsMargins(0, 8, 0, 8);
    setTextRole(m_summary, TextRole::Quiet);
    m_text->setObjectName(QStringLiteral("raw"));
    m_text->setAccessibleName(tr("The body as it came"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_summary);
    layout->addWidget(m_text, 1);
    clear();
}

void RawView::clear() {
    m_text->setLog({});
    m_summary->setText(tr("No body byte has come."));
    m_decoder = QStringDecoder(QStringDecoder::Utf8);
    m_pending.clear();
    m_chunk = 0;
    m_from = 0;
    m_done = 0;
    m_leftOut = 0;
}

bool RawView::pull(const Attempt& attempt, const QDeadlineTimer& until) {
    // Who opens it after the end reads from the beginning.
    if (m_done == 0)
        m_text->setFollow(attempt.ending ? LogText::Follow::Nothing : LogText::Follow::End);
    do {
        if (m_pending.isEmpty() && !takeNextPiece(attempt))
            break;
        m_pending.remove(0, m_text->appendSome(m_pending, until));
    } while (!until.hasExpired());
    showSummary(attempt);
    return !m_pending.isEmpty() ||
           (m_chunk < attempt.chunks.size() && (m_done < shownAtEachEnd || attempt.ending));
}

// False if nothing may be shown now: all is taken, or the rest has to wait until it is known what the end is.
bool RawView::takeNextPiece(const Attempt& attempt) {
    if (m_chunk == attempt.chunks.size())
        return false;
    if (m_done >= shownAtEachEnd && m_leftOut == 0) {
        if (!attempt.ending)
            return false;
        if (const qint64 middle = attempt.bodySize() - m_done - shownAtEachEnd; middle > 0)
            leaveOut(attempt, middle);
    }
    const QByteArrayView rest = QByteArrayView(attempt.chunks[m_chunk].bytes).sliced(m_from);
    const qsizetype take = m_done < shownAtEachEnd ? qMin(rest.size(), shownAtEachEnd - m_done) : rest.size();
    m_pending += QString(m_decoder(rest.first(take)));
    m_done += take;
    m_from += take;
    if (take == rest.size()) {
        ++m_chunk;
        m_from = 0;
    }
    return true;
}

void RawView::leaveOut(const Attempt& attempt, qint64 bytes) {
    const auto skip = [&](qint64 count) {
        while (count > 0) {
            const qint64 inChunk = qMin(count, qint64(attempt.chunks[m_chunk].bytes.size() - m_from));
            m_from += inChunk;
            m_done += inChunk;
            m_leftOut += inChunk;
            count -= inChunk;
            if (m_from == attempt.chunks[m_chunk].bytes.size()) {
                ++m_chunk;
                m_from = 0;
            }
        }
    };
    skip(bytes);
    constexpr int longestRest = 3; // bytes of one UTF-8 character after its first
    for (int i = 0; i < longestRest && isInsideCharacter(attempt.chunks[m_chunk].bytes[m_from]); ++i)
        skip(1);
    m_decoder = QStringDecoder(QStringDecoder::Utf8);
    m_text->appendLog(
        tr("\n\n… %1 left out here; a saved recording holds everything …\n\n").arg(byteSize(m_leftOut)),
        LogText::Weight::Heading);
}

void RawView::showSummary(const Attempt& attempt) {
    const qint64 size = attempt.bodySize();
    if (size == 0)
        return;
    if (size <= 2 * shownAtEachEnd)
        m_summary->setText(tr("%1 in %2 pieces").arg(byteSize(size)).arg(attempt.chunks.size()));
    else
        m_summary->setText(tr("%1 in %2 pieces; the first and the last %3 are shown")
                               .arg(byteSize(size))
                               .arg(attempt.chunks.size())
                               .arg(byteSize(shownAtEachEnd)));
}

} // namespace lavascope
