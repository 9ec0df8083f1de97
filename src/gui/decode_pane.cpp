// SPDX-License-Identifier: MIT
#include "gui/decode_pane.h"

#include "core/base/visible_text.h"
#include "gui/appearance.h"
#include "gui/clipboard.h"
#include "ui_decode_pane.h"

#include <QHeaderView>

namespace lavascope {

using namespace std::chrono_literals;

namespace {

enum FieldColumn { FieldName, FieldStateColumn, FieldShown, FieldFingerprint, FieldColumns };

QString stateWord(FieldState state) {
    switch (state) {
    case FieldState::Value:
        return DecodePane::tr("value");
    case FieldState::Null:
        return DecodePane::tr("null");
    case FieldState::Absent:
        break;
    }
    return DecodePane::tr("absent");
}

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

QString spaced(const char* name) {
    return QString::fromLatin1(name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QTableWidgetItem* cell(const QString& text) {
    auto* item = new QTableWidgetItem(withVisibleChips(text));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

} // namespace

DecodePane::DecodePane(QWidget* parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::DecodePane>()) {
    m_ui->setupUi(this);
    m_ui->paste->setFont(codeFont());
    m_ui->paste->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_ui->paste->setWordWrapMode(QTextOption::WrapAnywhere);
    setTextRole(m_ui->hint, TextRole::Quiet);
    setTextRole(m_ui->headline, TextRole::Headline);
    setTextRole(m_ui->badges, TextRole::Quiet);
    setTextRole(m_ui->layers, TextRole::Quiet);
    setTextRole(m_ui->findingsTitle, TextRole::Quiet);
    m_ui->revealed->setFont(codeFont());
    m_ui->fields->setColumnCount(FieldColumns);
    m_ui->fields->setHorizontalHeaderLabels({tr("Field"), tr("State"), tr("Shown"), tr("Fingerprint")});
    m_ui->fields->verticalHeader()->hide();
    m_ui->fields->setShowGrid(false);
    m_ui->fields->setTabKeyNavigation(false);
    m_ui->fields->horizontalHeader()->setStretchLastSection(true);
    m_ui->fields->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->findings->setHeaderLabels({tr("Severity"), tr("Byte"), tr("What and how to mend it")});
    m_ui->right->setAccessibleName(tr("What was found"));
    m_ui->split->setStretchFactor(0, 2);
    m_ui->split->setStretchFactor(1, 3);

    m_inspectSoon.setSingleShot(true);
    m_inspectSoon.setInterval(0ms);
    connect(&m_inspectSoon, &QTimer::timeout, this, &DecodePane::inspect);
    m_hideSoon.setSingleShot(true);
    m_hideSoon.setInterval(10s);
    connect(&m_hideSoon, &QTimer::timeout, this, &DecodePane::hideRevealed);
    connect(m_ui->paste, &QPlainTextEdit::textChanged, &m_inspectSoon, qOverload<>(&QTimer::start));
    connect(m_ui->clear, &QPushButton::clicked, m_ui->paste, &QPlainTextEdit::clear);
    connect(m_ui->reveal, &QPushButton::clicked, this, &DecodePane::reveal);
    connect(m_ui->fields, &QTableWidget::currentCellChanged, this, &DecodePane::hideRevealed);
    connect(m_ui->findings, &QTreeWidget::currentItemChanged, this, &DecodePane::selectFinding);
    connect(m_ui->edit, &QPushButton::clicked, this, [this] { Q_EMIT editTokenWanted(*m_report.parsed); });
    connect(m_ui->copyReport, &QPushButton::clicked, this, [this] { copyText(safeReport()); });
    inspect();
}

DecodePane::~DecodePane() = default;

void DecodePane::setPastedText(const QString& text) {
    m_ui->paste->setPlainText(text);
}

void DecodePane::focusPaste() {
    m_ui->paste->setFocus(Qt::OtherFocusReason);
}

void DecodePane::inspect() {
    const QString text = m_ui->paste->toPlainText();
    m_report = text.trimmed().isEmpty() ? TokenReport() : inspectToken(text.toUtf8());
    showReport();
}

void DecodePane::showReport() {
    const bool empty = m_ui->paste->toPlainText().trimmed().isEmpty();
    hideRevealed();
    m_ui->headline->setText(empty ? tr("Nothing pasted yet.") : withVisibleChips(m_report.headline));
    const QString usable = m_report.usable ? tr("✓ usable") : tr("✕ not usable");
    m_ui->badges->setText(empty
                              ? tr("Takes a forward token, a secret key, a header, a shell or .env line, "
                                   "wrapped or URL-encoded text.")
                              : tr("%1  ·  %2  ·  %3  ·  payer: %4")
                                    .arg(usable, spaced(kindName(m_report.kind)),
                                         spaced(modeName(m_report.mode)), spaced(payerName(m_report.payer))));
    m_ui->layers->setText(tr("Peeled off: %1")
                              .arg(QString(m_report.layers.join(QStringLiteral(", ")))
                                       .replace(QLatin1Char('_'), QLatin1Char(' '))));
    m_ui->layers->setVisible(!m_report.layers.isEmpty());
    m_ui->edit->setEnabled(m_report.parsed.has_value());
    m_ui->copyReport->setEnabled(!empty);
    showFields();
    showFindings();
}

void DecodePane::showFields() {
    const int rows = int(m_report.fields.size());
    m_ui->fields->setVisible(rows > 0);
    m_ui->reveal->setVisible(rows > 0);
    m_ui->fields->setRowCount(rows);
    for (int row = 0; row < rows; ++row) {
        const TokenFieldReport& field = m_report.fields[size_t(row)];
        m_ui->fields->setItem(row, FieldName, cell(field.name));
        m_ui->fields->setItem(row, FieldStateColumn, cell(stateWord(field.state)));
        m_ui->fields->setItem(row, FieldShown, cell(field.masked.isEmpty() ? field.value : field.masked));
        m_ui->fields->setItem(row, FieldFingerprint, cell(field.fingerprint));
        m_ui->fields->item(row, FieldShown)->setFont(codeFont());
        m_ui->fields->item(row, FieldFingerprint)->setFont(codeFont());
    }
    m_ui->fields->resizeColumnsToContents();
    m_ui->fields->resizeRowsToContents();
}

void DecodePane::showFindings() {
    m_ui->findings->clear();
    for (const Finding& finding : m_report.findings) {
        const QString where = finding.range ? QString::number(finding.range->begin) : QString();
        const QString what = withVisibleChips(
            finding.fix.isEmpty() ? finding.message : finding.message + QLatin1Char('\n') + finding.fix);
        auto* item = new QTreeWidgetItem(m_ui->findings, {severityWord(finding.severity), where, what});
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignTop);
    }
    m_ui->findings->resizeColumnToContents(0);
    m_ui->findings->setVisible(!m_report.findings.empty());
    m_ui->findingsTitle->setVisible(!m_report.findings.empty());
}

void DecodePane::reveal() {
    const int row = m_ui->fields->currentRow() < 0 ? 0 : m_ui->fields->currentRow();
    if (row >= int(m_report.fields.size()))
        return;
    const TokenFieldReport& field = m_report.fields[size_t(row)];
    m_ui->revealed->setText(field.secret.isEmpty()
                                ? tr("%1 is no secret").arg(field.name)
                                : withVisibleChips(QString::fromUtf8(field.secret.reveal())));
    m_hideSoon.start();
}

void DecodePane::hideRevealed() {
    m_hideSoon.stop();
    m_ui->revealed->clear();
}

// Shows in the pasted text what a finding is about.
void DecodePane::selectFinding() {
    const int row = m_ui->findings->indexOfTopLevelItem(m_ui->findings->currentItem());
    if (row < 0 || row >= int(m_report.findings.size()) || !m_report.findings[size_t(row)].range)
        return;
    const ByteRange range = *m_report.findings[size_t(row)].range;
    const QByteArray text = m_ui->paste->toPlainText().toUtf8();
    const auto position = [&](qint64 offset) {
        return int(QString::fromUtf8(text.first(qBound(qint64(0), offset, qint64(text.size())))).size());
    };
    QTextCursor cursor(m_ui->paste->document());
    cursor.setPosition(position(range.begin));
    cursor.setPosition(position(qMax(range.end, range.begin)), QTextCursor::KeepAnchor);
    m_ui->paste->setTextCursor(cursor);
}

// Markdown for a ticket; made of masked values alone.
QString DecodePane::safeReport() const {
    QString text = QStringLiteral("**%1**\n\n").arg(m_report.headline);
    text += QStringLiteral("- kind: %1\n- mode: %2\n- payer: %3\n- usable: %4\n")
                .arg(spaced(kindName(m_report.kind)), spaced(modeName(m_report.mode)),
                     spaced(payerName(m_report.payer)),
                     m_report.usable ? QStringLiteral("yes") : QStringLiteral("no"));
    for (const TokenFieldReport& field : m_report.fields)
        text += QStringLiteral("- `%1`: %2 %3 %4\n")
                    .arg(field.name, stateWord(field.state),
                         field.masked.isEmpty() ? field.value : field.masked, field.fingerprint);
    for (const Finding& finding : m_report.findings)
        text += QStringLiteral("- %1: %2 %3\n")
                    .arg(QString::fromLatin1(severityName(finding.severity)), finding.message, finding.fix);
    return text;
}

} // namespace lavascope
