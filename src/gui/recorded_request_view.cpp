// SPDX-License-Identifier: MIT
#include "gui/recorded_request_view.h"

#include "core/base/visible_text.h"
#include "core/json/edit.h"
#include "core/stream/recording.h"
#include "gui/appearance.h"
#include "gui/models/header_table_model.h"
#include "gui/screen_share.h"
#include "gui/units.h"
#include "gui/widgets/log_text.h"
#include "gui/widgets/row_table.h"
#include "gui/widgets/wrapped_label.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace lavascope {

namespace {

constexpr qsizetype longestLine = 8000;
constexpr qsizetype longestBody = 1'000'000;

QLabel* caption(const QString& text, TextRole role, QWidget* parent) {
    auto* label = new WrappedLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    setTextRole(label, role);
    return label;
}

QString bodyText(const QByteArray& body) {
    if (body.isEmpty())
        return RecordedRequestView::tr("The request had no body.");
    if (body.size() <= longestBody)
        return QString::fromUtf8(json::prettyPrint(body));
    return QString::fromUtf8(body.first(longestBody)) +
           RecordedRequestView::tr("\n… %1 in all.").arg(byteSize(body.size()));
}

} // namespace

RecordedRequestView::RecordedRequestView(const ScreenShare& share, QWidget* parent)
    : QWidget(parent)
    , m_share(share)
    , m_line(new QLineEdit(this))
    , m_model(new HeaderTableModel(this))
    , m_headers(new QTableView(this))
    , m_body(new LogText(this)) {
    setObjectName(QStringLiteral("recordedRequest"));
    m_line->setObjectName(QStringLiteral("recordedLine"));
    m_line->setAccessibleName(tr("Recorded method and address"));
    m_line->setReadOnly(true);
    m_line->setFont(codeFont());
    m_headers->setObjectName(QStringLiteral("recordedHeaders"));
    m_headers->setAccessibleName(tr("Recorded request headers"));
    m_headers->setModel(m_model);
    setUpRows(m_headers);
    m_headers->horizontalHeader()->setStretchLastSection(true);
    m_headers->setColumnWidth(HeaderTableModel::Name, 20 * fontMetrics().averageCharWidth());
    m_body->setObjectName(QStringLiteral("recordedBody"));
    m_body->setAccessibleName(tr("Recorded request body"));
    m_body->setFont(codeFont());
    m_body->setFollow(LogText::Follow::Nothing);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(buildHead());
    layout->addWidget(m_line);
    layout->addWidget(caption(tr("Headers"), TextRole::Headline, this));
    layout->addWidget(m_headers, 2);
    layout->addWidget(caption(tr("Body"), TextRole::Headline, this));
    layout->addWidget(m_body, 3);
    connect(&share, &ScreenShare::changed, this, &RecordedRequestView::draw);
}

QWidget* RecordedRequestView::buildHead() {
    auto* head = new QWidget(this);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(caption(tr("Recorded request"), TextRole::Title, head));
    layout->addWidget(
        caption(tr("What was sent then, secrets masked. Your own request is kept as you left it."),
                TextRole::Quiet, head));
    auto* back = new QPushButton(tr("Back to my request"), head);
    back->setObjectName(QStringLiteral("ownRequest"));
    back->setAccessibleName(tr("Show my own request again"));
    connect(back, &QPushButton::clicked, this, &RecordedRequestView::ownRequestWanted);
    layout->addWidget(back, 0, Qt::AlignLeft);
    return head;
}

void RecordedRequestView::showRequest(const RedactedRecording& recording) {
    m_request = recording.recording().request;
    draw();
}

void RecordedRequestView::draw() {
    const QString line =
        QString::fromUtf8(m_request.method) + QLatin1Char(' ') + QString::fromUtf8(m_request.url);
    m_line->setText(withVisibleChips(m_share.shown(line.left(longestLine))));
    m_line->setCursorPosition(0);
    Headers headers;
    for (const Headers::Field& field : m_request.headers)
        headers.append(field.name, m_share.shown(QString::fromUtf8(field.value)).toUtf8());
    m_model->setHeaders(headers);
    m_body->setLog(m_share.shown(bodyText(m_request.body)));
}

} // namespace lavascope
