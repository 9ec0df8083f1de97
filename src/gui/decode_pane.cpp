// SPDX-License-Identifier: MIT
#include "gui/decode_pane.h"

#include "core/base/visible_text.h"
#include "gui/clipboard.h"
#include "gui/token_report_text.h"
#include "gui/widgets/flow_layout.h"
#include "ui_decode_pane.h"

#include <QHeaderView>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

enum FindingColumn { FindingSeverity, FindingByte, FindingText, FindingColumns };

constexpr qsizetype longestHeadline = 600;
constexpr qsizetype longestList = 600;
constexpr size_t mostFindings = 200;

QString severityWord(Severity severity) {
    switch (severity) {
    case Severity::Error:
        return DecodePane::tr("✕ error");
    case Severity::Warning:
        return DecodePane::tr("▲ warning");
    case Severity::Note:
        break;
    }
    return DecodePane::tr("● note");
}

QString wordOf(const char* name) {
    return spaced(QString::fromLatin1(name));
}

QString joined(const QStringList& names) {
    const QString list = names.join(QStringLiteral(", "));
    return withVisibleChips(list.size() <= longestList ? list : list.left(longestList) + QStringLiteral("…"));
}

} // namespace

DecodePane::DecodePane(QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DecodePane>()) {
    m_ui->setupUi(this);
    setTextRole(m_ui->title, TextRole::Title);
    setTextRole(m_ui->hint, TextRole::Quiet);
    setTextRole(m_ui->headline, TextRole::Title);
    setTextRole(m_ui->layers, TextRole::Quiet);
    setTextRole(m_ui->forms, TextRole::Quiet);
    setTextRole(m_ui->findingsTitle, TextRole::Headline);
    m_ui->badges->setLayout(new FlowLayout(8, 4));
    m_ui->forms->setText(
        tr("Any of these will do:\n\n"
           "  •  a forward token, with or without “Bearer ” or “Authorization:”\n"
           "  •  a secret key (aks_live_…, aks_test_…) or a provider key\n"
           "  •  a line of .env, a shell export, a curl command, a line of a log\n"
           "  •  wrapped, quoted, URL-encoded, base64url or without its padding\n"
           "  •  a JWT or anything else that someone took for a token\n\n"
           "Every secret is masked here. Two of them can be compared by their fingerprints."));
    setUpFindings();
    m_ui->right->setAccessibleName(tr("What was found"));
    m_ui->split->setStretchFactor(0, 2);
    m_ui->split->setStretchFactor(1, 3);

    m_inspectSoon.setSingleShot(true);
    m_inspectSoon.setInterval(0ms);
    connect(&m_inspectSoon, &QTimer::timeout, this, &DecodePane::inspect);
    connect(m_ui->paste, &PasteBox::contentChanged, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(m_ui->clear, &QPushButton::clicked, this, [this] {
        m_ui->paste->setContent({});
        focusPaste();
    });
    connect(m_ui->findings, &QTableWidget::currentCellChanged, this, &DecodePane::selectFinding);
    connect(m_ui->edit, &QPushButton::clicked, this, [this] { Q_EMIT editTokenWanted(*m_report.parsed); });
    connect(m_ui->copyReport, &QPushButton::clicked, this, [this] { copyText(safeReport(m_report)); });
    showReport();
}

DecodePane::~DecodePane() = default;

void DecodePane::setUpFindings() {
    QTableWidget* table = m_ui->findings;
    table->setColumnCount(FindingColumns);
    table->setHorizontalHeaderLabels({tr("Severity"), tr("Byte"), tr("What, and how to mend it")});
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeaderItem(FindingByte)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(FindingText, QHeaderView::Stretch);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
}

void DecodePane::setPastedText(const QString& text) {
    m_ui->paste->setContent(text);
}

void DecodePane::focusPaste() {
    m_ui->paste->setFocus(Qt::OtherFocusReason);
}

void DecodePane::inspect() {
    const QByteArray content = m_ui->paste->content();
    m_empty = content.trimmed().isEmpty();
    m_report = m_empty ? TokenReport() : inspectToken(content);
    showReport();
}

void DecodePane::showReport() {
    m_ui->headline->setText(m_empty ? tr("Nothing pasted yet")
                                    : withVisibleChips(m_report.headline.left(longestHeadline)));
    m_ui->fields->setFields(m_report.fields);
    m_ui->fields->setVisible(!m_report.fields.empty());
    m_ui->forms->setVisible(m_empty);
    m_ui->edit->setEnabled(m_report.parsed.has_value());
    m_ui->copyReport->setEnabled(!m_empty);
    m_ui->clear->setEnabled(!m_ui->paste->content().isEmpty());
    showBadges();
    showLayers();
    showFindings();
}

void DecodePane::addBadge(const QString& name, const QString& text, Tone tone) {
    auto* badge = new QLabel(text, m_ui->badges);
    badge->setObjectName(name);
    badge->setTextFormat(Qt::PlainText);
    setTextRole(badge, TextRole::Chip);
    setTone(badge, tone);
    m_ui->badges->layout()->addWidget(badge);
}

void DecodePane::showBadges() {
    qDeleteAll(m_ui->badges->findChildren<QLabel*>());
    m_ui->badges->setHidden(m_empty);
    if (m_empty)
        return;
    addBadge(QStringLiteral("usableBadge"), m_report.usable ? tr("✓ usable") : tr("✕ not usable"),
             m_report.usable ? Tone::Good : Tone::Bad);
    addBadge(QStringLiteral("kindBadge"), wordOf(kindName(m_report.kind)), Tone::Quiet);
    if (m_report.mode == Mode::Live)
        addBadge(QStringLiteral("modeBadge"), tr("● LIVE: real money"), Tone::Bad);
    else if (m_report.mode == Mode::Test)
        addBadge(QStringLiteral("modeBadge"), tr("○ test"), Tone::Good);
    if (m_report.payer != Payer::Unknown)
        addBadge(QStringLiteral("payerBadge"), tr("pays: %1").arg(wordOf(payerName(m_report.payer))),
                 Tone::Quiet);
}

void DecodePane::showLayers() {
    QStringList lines;
    if (!m_report.layers.isEmpty())
        lines += tr("Peeled off, in this order: %1").arg(spaced(joined(m_report.layers)));
    if (!m_report.unknownFields.isEmpty())
        lines += tr("Fields that the gateway does not know: %1").arg(joined(m_report.unknownFields));
    m_ui->layers->setText(lines.join(QLatin1Char('\n')));
    m_ui->layers->setHidden(lines.isEmpty());
}

void DecodePane::showFindings() {
    const auto rows = int(qMin(m_report.findings.size(), mostFindings));
    m_ui->findings->clearContents();
    m_ui->findings->setRowCount(rows);
    for (int row = 0; row < rows; ++row) {
        const Finding& finding = m_report.findings[size_t(row)];
        const QString where = finding.range ? QString::number(finding.range->begin) : QString();
        const QString what =
            finding.fix.isEmpty() ? finding.message : finding.message + QLatin1Char('\n') + finding.fix;
        const QStringList texts{severityWord(finding.severity), where,
                                withVisibleChips(what.left(longestList))};
        for (int column = 0; column < FindingColumns; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            item->setTextAlignment((column == FindingByte ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
            m_ui->findings->setItem(row, column, item);
        }
    }
    m_ui->findings->setVisible(!m_empty && !m_report.findings.empty());
    m_ui->findingsTitle->setVisible(!m_empty);
    const bool more = m_report.findings.size() > mostFindings;
    m_ui->findingsTitle->setText(
        m_report.findings.empty() ? tr("Nothing to remark")
        : more ? tr("Findings: the first %1 of %2").arg(mostFindings).arg(m_report.findings.size())
               : tr("Findings"));
}

// Shows in the pasted text what a finding is about.
void DecodePane::selectFinding() {
    const int row = m_ui->findings->currentRow();
    if (row < 0 || size_t(row) >= m_report.findings.size() || !m_report.findings[size_t(row)].range)
        return;
    const ByteRange range = *m_report.findings[size_t(row)].range;
    m_ui->paste->selectBytes(range.begin, range.end);
}

} // namespace lavascope
