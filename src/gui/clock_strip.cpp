// SPDX-License-Identifier: MIT
#include "gui/clock_strip.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/units.h"
#include "session/run.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace lavascope {

namespace {

enum class Tone { Quiet, Good, Warning, Bad };

struct Word {
    QString text;
    Tone tone;
};

// The sign says what the colour says.
Word verdictWord(const Run& run) {
    const std::optional<Verdict>& verdict = run.reader().transcript().verdict;
    switch (run.state()) {
    case Run::State::Connecting:
        return {ClockStrip::tr("… waiting for the first byte"), Tone::Quiet};
    case Run::State::Receiving:
        return {ClockStrip::tr("● receiving"), Tone::Good};
    case Run::State::Waiting:
        return {ClockStrip::tr("… waiting to try again"), Tone::Warning};
    case Run::State::Done:
        break;
    }
    const int status = run.recording().attempts.empty() ? 0 : run.recording().attempts.back().status;
    if (status == 0 && verdict != Verdict::Stopped)
        return {ClockStrip::tr("✕ no answer"), Tone::Bad};
    if (!verdict)
        return {};
    switch (*verdict) {
    case Verdict::Complete:
        return {ClockStrip::tr("✓ complete"), Tone::Good};
    case Verdict::Stopped:
        return {ClockStrip::tr("■ stopped by you"), Tone::Warning};
    case Verdict::CutOff:
        return {ClockStrip::tr("✂ cut off"), Tone::Bad};
    case Verdict::ErrorInStream:
        return {ClockStrip::tr("✕ error inside the answer"), Tone::Bad};
    case Verdict::NotAStream:
        return run.succeeded() ? Word{ClockStrip::tr("✓ whole answer, not a stream"), Tone::Good}
                               : Word{ClockStrip::tr("✕ not a stream"), Tone::Bad};
    }
    return {};
}

QColor toneColor(Tone tone, const QPalette& palette) {
    const MeaningColors colors = meaningColors(palette);
    switch (tone) {
    case Tone::Good:
        return colors.good;
    case Tone::Warning:
        return colors.warning;
    case Tone::Bad:
        return colors.bad;
    case Tone::Quiet:
        break;
    }
    return colors.quiet;
}

QString figuresOf(const Run& run) {
    QStringList parts;
    const Attempt* attempt = run.recording().attempts.empty() ? nullptr : &run.recording().attempts.back();
    if (!attempt)
        return {};
    if (run.recording().attempts.size() > 1)
        parts += ClockStrip::tr("try %1").arg(run.recording().attempts.size());
    if (attempt->status != 0)
        parts += withVisibleChips(
            QStringLiteral("%1 %2").arg(attempt->status).arg(QString::fromLatin1(attempt->reason)).trimmed());
    const StreamReader& reader = run.reader();
    const Timeline& timeline = reader.timeline();
    if (timeline.firstByte)
        parts += ClockStrip::tr("first byte %1").arg(milliseconds(*timeline.firstByte));
    if (timeline.firstText)
        parts += ClockStrip::tr("first text %1").arg(milliseconds(*timeline.firstText));
    if (timeline.end)
        parts += ClockStrip::tr("end %1").arg(milliseconds(*timeline.end));
    if (const auto speed = reader.speed())
        parts += speed->estimated
                     ? ClockStrip::tr("≈ %1 tok/s (estimate)").arg(speed->tokensPerSecond, 0, 'f', 0)
                     : ClockStrip::tr("%1 tok/s").arg(speed->tokensPerSecond, 0, 'f', 0);
    const Usage& usage = reader.transcript().usage;
    if (usage.outputTokens)
        parts += ClockStrip::tr("%1 in, %2 out")
                     .arg(usage.inputTokens ? QString::number(*usage.inputTokens) : QStringLiteral("?"))
                     .arg(*usage.outputTokens);
    if (timeline.bytes > 0)
        parts += byteSize(timeline.bytes);
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace

ClockStrip::ClockStrip(QWidget* parent)
    : QWidget(parent)
    , m_figures(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_requestId(new QPushButton(this)) {
    m_figures->setObjectName(QStringLiteral("figures"));
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setWordWrap(true);
    m_figures->setAccessibleName(tr("Figures of the call"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setAccessibleName(tr("Verdict"));
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    m_requestId->setObjectName(QStringLiteral("requestId"));
    m_requestId->setText(tr("Copy request id"));
    m_requestId->setAccessibleName(tr("Copy x-lava-request-id"));
    connect(m_requestId, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_requestId->property("requestId").toString()); });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_verdict);
    layout->addWidget(m_figures, 1);
    layout->addWidget(m_requestId);
    clear();
}

void ClockStrip::clear() {
    m_figures->clear();
    m_verdict->clear();
    m_requestId->hide();
}

void ClockStrip::showRun(const Run& run) {
    const Word word = verdictWord(run);
    QPalette colored = m_verdict->palette();
    colored.setColor(QPalette::WindowText, toneColor(word.tone, palette()));
    m_verdict->setPalette(colored);
    m_verdict->setText(word.text);
    m_figures->setText(figuresOf(run));
    QString id;
    if (!run.recording().attempts.empty())
        id = QString::fromLatin1(
            run.recording().attempts.back().headers.value("x-lava-request-id").value_or(QByteArray()));
    m_requestId->setProperty("requestId", id);
    m_requestId->setToolTip(plainToolTip(QStringLiteral("x-lava-request-id: ") + withVisibleChips(id)));
    m_requestId->setVisible(!id.isEmpty());
}

} // namespace lavascope
