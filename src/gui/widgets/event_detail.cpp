// SPDX-License-Identifier: MIT
#include "gui/widgets/event_detail.h"

#include "core/base/visible_text.h"
#include "core/json/string_text.h"
#include "core/stream/stream_reader.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "gui/units.h"
#include "gui/widgets/flow_layout.h"
#include "gui/widgets/log_text.h"

#include <QComboBox>
#include <QDeadlineTimer>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype lookedAtOnce = 1024 * 1024;
constexpr size_t mostStrings = 200;
// Clipboards pass such a text on more than once.
constexpr qint64 mostCopied = 32'000'000;

} // namespace

EventDetail::EventDetail(QWidget* parent)
    : QWidget(parent)
    , m_bar(new QWidget(this))
    , m_count(new QLabel(m_bar))
    , m_which(new QComboBox(m_bar))
    , m_copy(new QPushButton(tr("Copy string"), m_bar))
    , m_save(new QPushButton(tr("Save string…"), m_bar))
    , m_text(new LogText(this)) {
    m_text->setObjectName(QStringLiteral("eventDetail"));
    m_text->setAccessibleName(tr("Data of the chosen event"));
    m_text->setFollow(LogText::Follow::Nothing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_text, 1);
    connect(m_which, &QComboBox::currentIndexChanged, this, &EventDetail::showChosen);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyText(QString::fromUtf8(chosenString())); });
    connect(m_save, &QPushButton::clicked, this,
            [this] { Q_EMIT saveWanted(chosenString(), QStringLiteral("string.txt")); });
    clear();
}

QWidget* EventDetail::buildBar() {
    m_count->setObjectName(QStringLiteral("longStrings"));
    m_count->setTextFormat(Qt::PlainText);
    setTextRole(m_count, TextRole::Quiet);
    m_which->setObjectName(QStringLiteral("longString"));
    m_which->setAccessibleName(tr("Which of the strings that are shown in part"));
    m_which->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    constexpr int shortestShown = 24; // characters
    m_which->setMinimumContentsLength(shortestShown);
    m_copy->setObjectName(QStringLiteral("copyString"));
    m_copy->setAccessibleName(tr("Copy the whole string"));
    m_save->setObjectName(QStringLiteral("saveString"));
    m_save->setAccessibleName(tr("Save the whole string to a file"));
    auto* row = new FlowLayout(8, 4);
    row->setContentsMargins(8, 6, 8, 6);
    row->addWidget(m_count);
    row->addWidget(m_which);
    row->addWidget(m_copy);
    row->addWidget(m_save);
    m_bar->setLayout(row);
    return m_bar;
}

void EventDetail::clear() {
    m_print.reset();
    m_reader = nullptr;
    m_strings.clear();
    m_pending.clear();
    m_which->clear();
    m_bar->hide();
    m_text->setLog({});
}

void EventDetail::setEvent(const StreamReader& reader, qsizetype event) {
    clear();
    m_reader = &reader;
    m_event = event;
    m_print.emplace(reader.eventData(event));
}

bool EventDetail::pull(const QDeadlineTimer& until) {
    while (m_print || !m_pending.isEmpty()) {
        if (!m_print)
            m_pending.remove(0, m_text->appendSome(m_pending, until));
        else if (!m_print->advance(lookedAtOnce))
            takeText();
        if (until.hasExpired())
            break;
    }
    return m_print || !m_pending.isEmpty();
}

void EventDetail::takeText() {
    json::ElidedText elided = m_print->result();
    m_print.reset();
    m_pending = QString::fromUtf8(elided.text);
    if (!elided.isWhole)
        m_pending += tr("\n… %1 in all; the rest is left out here, not in the recording.")
                         .arg(byteSize(m_reader->eventData(m_event).size()));
    m_strings = std::move(elided.strings);
    for (size_t i = 0; i < std::min(m_strings.size(), mostStrings); ++i) {
        const json::ElidedString& string = m_strings[i];
        const QString path = string.path.isEmpty() ? tr("the value") : string.path;
        m_which->addItem(QStringLiteral("%1 · %2").arg(withVisibleChips(path),
                                                       byteSize(string.written.end - string.written.begin)));
    }
    m_count->setText(m_strings.size() == 1 ? tr("Shown in part:")
                                           : tr("%1 strings are shown in part:").arg(m_strings.size()));
    m_bar->setVisible(!m_strings.empty());
}

void EventDetail::showChosen() {
    const int place = m_which->currentIndex();
    if (place < 0)
        return;
    const ByteRange written = m_strings[size_t(place)].written;
    const bool fits = written.end - written.begin <= mostCopied;
    m_copy->setEnabled(fits);
    m_copy->setToolTip(fits ? QString() : tr("Too long for the clipboard: save it."));
}

// What it says, not how it is written: without its escapes.
QByteArray EventDetail::chosenString() const {
    const ByteRange written = m_strings[size_t(m_which->currentIndex())].written;
    const QByteArrayView raw =
        m_reader->eventData(m_event).sliced(written.begin, written.end - written.begin);
    if (!raw.contains('\\'))
        return raw.toByteArray();
    QByteArray text;
    text.reserve(raw.size());
    json::appendUtf8OfString(text, raw);
    return text;
}

} // namespace lavascope
